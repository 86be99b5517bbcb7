use crate::{Output, Plugin};
use std::collections::HashMap;

#[derive(Debug)]
pub enum Error {
    Unknown(String),
}

pub struct Registry {
    plugins: HashMap<String, Box<dyn Plugin>>,
    log: Vec<Output>,
}

impl Registry {
    pub(crate) fn new() -> Self {
        Registry { plugins: HashMap::new(), log: Vec::new() }
    }
    pub fn add(&mut self, plugin: Box<dyn Plugin>) {
        self.plugins.insert(plugin.name().to_string(), plugin);
    }
    pub fn run(&mut self, name: &str, input: &str) -> Result<Output, Error> {
        let plugin = self.plugins.get_mut(name).ok_or_else(|| Self::unknown(name))?;
        let output = plugin.run(input);
        self.log.push(output.clone());
        Ok(output)
    }
    fn unknown(name: &str) -> Error {
        Error::Unknown(name.into())
    }
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.plugins.values().map(|p| p.name()).collect();
        names.sort_unstable_by(|a, b| compare(a, b));
        names
    }
}

fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    a.cmp(b)
}
