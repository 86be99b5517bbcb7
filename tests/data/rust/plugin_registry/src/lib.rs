pub mod plugins;
pub mod registry;

pub use registry::Registry;

#[macro_export]
macro_rules! register {
    ($registry:expr, $($plugin:ty),+) => {
        $( $registry.add(Box::new(<$plugin>::new())); )+
    };
}

pub trait Plugin: Send {
    const PRIORITY: u8 = 1;
    fn name(&self) -> &str;
    fn run(&mut self, input: &str) -> Output;
}

#[derive(Debug, Default, Clone, PartialEq)]
pub struct Output {
    pub lines: Vec<String>,
    pub ok: bool,
}

impl Output {
    pub fn line(mut self, text: &str) -> Self {
        self.lines.push(text.to_string());
        self
    }
    pub fn failed() -> Self {
        Output { ok: false, ..Default::default() }
    }
}

pub fn standard() -> Registry {
    let mut registry = Registry::new();
    register!(registry, plugins::Upper, plugins::Count);
    registry
}

#[cfg(test)]
mod tests {
    use super::plugins::Upper;
    use super::{Plugin as _, *};

    #[test]
    fn upper_shouts() {
        let mut upper = Upper::new();
        assert_eq!(upper.run("a"), Output::default().line("A"));
        assert_eq!(upper.name(), "upper");
    }

    #[test]
    #[should_panic]
    fn unknown() {
        standard().run("nope", "x").unwrap();
    }
}
