use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::{Rc, Weak};

type Link = Rc<RefCell<Tree>>;

pub struct Tree {
    name: String,
    children: Vec<Link>,
    parent: Option<Weak<RefCell<Tree>>>,
}

impl Tree {
    pub fn leaf(name: &str) -> Link {
        Rc::new(RefCell::new(Tree { name: clean(name).into_owned(), children: vec![], parent: None }))
    }
    pub fn adopt(parent: &Link, child: Link) {
        child.borrow_mut().parent = Some(Rc::downgrade(parent));
        parent.borrow_mut().children.push(child);
    }
    pub fn depth(&self) -> usize {
        match &self.parent {
            Some(up) => up.upgrade().map(|p| p.borrow().depth() + 1).unwrap_or(0),
            None => 0,
        }
    }
    fn walk<'a, F>(&self, visit: &mut F)
    where
        F: FnMut(&Tree),
    {
        visit(self);
        for child in &self.children {
            child.borrow().walk(visit);
        }
    }
}

fn clean(name: &str) -> Cow<'_, str> {
    Cow::Borrowed(name.trim())
}

pub struct Index<'t> {
    entries: HashMap<&'t str, Vec<Entry<'t>>>,
}

pub struct Entry<'t> {
    word: &'t str,
    line: usize,
}

impl<'t> Entry<'t> {
    fn show(&self) -> String {
        format!("{}:{}", self.word, self.line)
    }
}

impl<'t> Index<'t> {
    pub fn build(text: &'t str) -> Self {
        let mut index = Self { entries: HashMap::new() };
        for (line, content) in text.lines().enumerate() {
            for word in content.split_whitespace() {
                index.add(word, line);
            }
        }
        index
    }
    fn add(&mut self, word: &'t str, line: usize) {
        self.entries.entry(word).or_default().push(Entry { word, line });
    }
    pub fn find(&self, word: &str) -> impl Iterator<Item = String> + '_ {
        self.entries.get(word).into_iter().flatten().map(Entry::show)
    }
    pub fn first(&self, word: &str) -> Option<&Entry<'t>> {
        self.entries.get(word)?.first()
    }
}

pub fn run() {
    let root = Tree::leaf("root");
    let child = Tree::leaf("child");
    Tree::adopt(&root, Rc::clone(&child));
    child.borrow().depth();
    let mut names = Vec::new();
    root.borrow().walk(&mut |tree: &Tree| names.push(label(tree)));
    let index = Index::build("a b");
    index.first("a").unwrap().show();
    let all: Vec<_> = index.find("b").collect();
    drop(all);
}

fn label(tree: &Tree) -> String {
    tree.name.clone()
}
