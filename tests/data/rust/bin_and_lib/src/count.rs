use std::collections::HashMap;

#[derive(Default)]
pub struct Counts {
    inner: HashMap<String, usize>,
}

pub struct Entry {
    pub word: String,
    pub n: usize,
}

pub fn count(text: &str) -> Counts {
    let mut counts = Counts::default();
    text.split_whitespace().filter(|w| keep(w)).for_each(|w| counts.add(w));
    counts
}

fn keep(word: &str) -> bool {
    !word.is_empty()
}

impl Counts {
    fn add(&mut self, word: &str) {
        *self.inner.entry(word.to_string()).or_insert(0) += 1;
    }
    pub fn top(&self, n: usize) -> Vec<Entry> {
        let mut all: Vec<Entry> = self.inner.iter().map(|(w, n)| Entry::new(w, *n)).collect();
        all.sort_by(|a, b| b.cmp_key().cmp(&a.cmp_key()));
        all.truncate(n);
        all
    }
    pub fn len(&self) -> usize {
        self.inner.len()
    }
}

impl Entry {
    fn new(word: &str, n: usize) -> Self {
        Entry { word: word.to_string(), n }
    }
    fn cmp_key(&self) -> (usize, &str) {
        (self.n, &self.word)
    }
}
