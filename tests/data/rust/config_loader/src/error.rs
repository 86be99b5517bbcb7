use std::fmt;

pub type Result<T> = std::result::Result<T, ConfigError>;

#[derive(Debug)]
pub enum ConfigError {
    Missing(String),
    Twice(String),
    Line(usize),
    Kind,
}

impl ConfigError {
    pub(crate) fn missing(key: &str) -> Self {
        Self::Missing(key.to_string())
    }
    pub(crate) fn twice(key: &str) -> Self {
        ConfigError::Twice(key.to_string())
    }
    fn code(&self) -> i32 {
        1
    }
}

pub(crate) fn at(line: usize) -> ConfigError {
    ConfigError::Line(line)
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error {}", self.code())
    }
}
