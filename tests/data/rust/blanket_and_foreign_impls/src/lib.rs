use std::collections::HashSet;
use std::fmt::Debug;

pub trait Describe {
    fn describe(&self) -> String;
    fn shout(&self) -> String {
        upper(self.describe())
    }
}
impl<T: Debug> Describe for Option<T> {
    fn describe(&self) -> String {
        match self {
            Some(x) => wrap(&format!("{:?}", x)),
            None => String::from("none"),
        }
    }
}
impl Describe for Vec<Token> {
    fn describe(&self) -> String {
        self.iter().map(|t| t.text()).collect::<Vec<_>>().join(" ")
    }
}
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Token {
    text: String,
    kind: Kind,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Word = 1,
    Space,
}
impl Kind {
    const fn code(self) -> u8 {
        self as u8
    }
    pub fn all() -> [Kind; 2] {
        [Kind::Word, Kind::Space]
    }
}
impl Token {
    fn text(&self) -> String {
        self.text.clone()
    }
    fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word) && self.kind.code() > 0
    }
}
fn upper(s: String) -> String {
    s.to_uppercase()
}
fn wrap(s: &str) -> String {
    format!("<{}>", s)
}
pub struct Stats<'a> {
    tokens: &'a [Token],
    seen: HashSet<&'a Token>,
}
impl<'a> Stats<'a> {
    pub fn of(tokens: &'a [Token]) -> Self {
        let mut seen = HashSet::new();
        for token in tokens {
            if token.is_word() && seen.insert(token) {
                note(token);
            }
        }
        Self { tokens, seen }
    }
    pub fn words(&'a self) -> impl Iterator<Item = &'a Token> + 'a {
        self.tokens.iter().filter(|t| t.is_word())
    }
    pub fn longest(&self) -> Option<String> {
        let mut best: Option<&Token> = None;
        for t in self.words() {
            best = match best {
                Some(b) if b.text().len() >= t.text().len() => Some(b),
                _ => Some(t),
            };
        }
        best.map(Token::text)
    }
    fn count(&self) -> usize {
        self.seen.iter().filter(|t| t.kind.code() == 1).count()
    }
}
fn note(_: &Token) {}
pub fn demo(tokens: Vec<Token>) -> String {
    let stats = Stats::of(&tokens);
    let n = stats.count();
    let longest = stats.longest().unwrap_or_else(|| wrap("nothing"));
    for (i, kind) in Kind::all().iter().enumerate() {
        if kind.code() as usize == i {
            return tokens.shout();
        }
    }
    let pair = (Token { text: longest, kind: Kind::Word }, n);
    pair.0.text();
    let Token { kind, .. } = pair.0;
    kind.code();
    tokens.first().cloned().map(|t| t.text()).unwrap_or_default()
}
