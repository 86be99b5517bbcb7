mod error;
pub mod parse;

pub use error::{ConfigError, Result};
use parse::{lines, Entry as Pair};
use std::collections::HashMap;

#[derive(Debug, Default)]
pub struct Config {
    values: HashMap<String, Value>,
    strict: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Number(i64),
    Empty,
}

impl Value {
    pub fn as_number(&self) -> Option<i64> {
        match self {
            Value::Number(n) => Some(*n),
            _ => None,
        }
    }
    fn of(text: &str) -> Self {
        match text.parse::<i64>() {
            Ok(n) => Self::Number(n),
            Err(_) if text.is_empty() => Self::Empty,
            Err(_) => Self::Text(text.to_owned()),
        }
    }
}

impl Config {
    pub fn new() -> Self {
        Self::default()
    }
    pub fn load(text: &str) -> Result<Self> {
        let mut config = Config::new();
        for Pair { key, raw } in lines(text)? {
            config.insert(key, Value::of(&raw))?;
        }
        Ok(config)
    }
    fn insert(&mut self, key: String, value: Value) -> Result<()> {
        if self.strict && self.values.contains_key(&key) {
            return Err(ConfigError::twice(&key));
        }
        self.values.insert(key, value);
        Ok(())
    }
    pub fn get(&self, key: &str) -> Result<&Value> {
        self.values.get(key).ok_or_else(|| ConfigError::missing(key))
    }
    pub fn number(&self, key: &str) -> Result<i64> {
        self.get(key)?.as_number().ok_or(ConfigError::Kind)
    }
}
