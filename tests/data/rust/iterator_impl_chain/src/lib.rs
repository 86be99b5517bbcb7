use std::iter::Peekable;
use std::str::Chars;

#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Number(f64),
    Op(char),
    Open,
    Close,
}
impl Token {
    fn weight(&self) -> u8 {
        1
    }
}
pub struct Lexer<'a> {
    chars: Peekable<Chars<'a>>,
    line: usize,
}
impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { chars: text.chars().peekable(), line: 1 }
    }
    fn number(&mut self, first: char) -> Token {
        let mut text = String::from(first);
        while let Some(c) = self.chars.peek() {
            if !is_digit(*c) {
                break;
            }
            text.push(self.bump().unwrap());
        }
        Token::Number(text.parse().unwrap())
    }
    fn bump(&mut self) -> Option<char> {
        self.chars.next()
    }
}
impl<'a> Iterator for Lexer<'a> {
    type Item = Token;
    fn next(&mut self) -> Option<Self::Item> {
        let c = self.bump()?;
        Some(match c {
            '(' => Token::Open,
            ')' => Token::Close,
            c if is_digit(c) => self.number(c),
            ' ' => return self.next(),
            c => Token::Op(c),
        })
    }
}
fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}
pub struct Parser<'a> {
    tokens: Peekable<Lexer<'a>>,
}
impl<'a> Parser<'a> {
    pub fn new(lexer: Lexer<'a>) -> Parser<'a> {
        Parser { tokens: lexer.peekable() }
    }
    pub fn parse(mut self) -> Result<f64, Error> {
        let value = self.sum()?;
        match self.tokens.next() {
            None => Ok(value),
            Some(token) => Err(Error::unexpected(token)),
        }
    }
    fn sum(&mut self) -> Result<f64, Error> {
        let mut left = self.atom()?;
        while let Some(Token::Op(op)) = self.tokens.peek().cloned() {
            self.tokens.next();
            let right = self.atom()?;
            left = apply(op, left, right);
        }
        Ok(left)
    }
    fn atom(&mut self) -> Result<f64, Error> {
        match self.tokens.next() {
            Some(Token::Number(n)) => Ok(n),
            Some(Token::Open) => self.sum().and_then(|n| self.close().map(|_| n)),
            Some(other) => Err(Error::unexpected(other)),
            None => Err(Error { text: String::new() }),
        }
    }
    fn close(&mut self) -> Result<(), Error> {
        self.tokens.next().filter(|t| t.weight() > 0).map(drop).ok_or_else(Error::end)
    }
}
fn apply(op: char, a: f64, b: f64) -> f64 {
    if op == '+' { a + b } else { a - b }
}
#[derive(Debug)]
pub struct Error {
    text: String,
}
impl Error {
    fn unexpected(token: Token) -> Self {
        Error { text: format!("{:?} {}", token, token.weight()) }
    }
    fn end() -> Self {
        Error { text: "end".into() }
    }
}
pub fn evaluate(text: &str) -> Result<f64, Error> {
    Parser::new(Lexer::new(text)).parse()
}
pub fn count(text: &str) -> usize {
    Lexer::new(text).filter(|token| token.weight() == 1).count()
}
