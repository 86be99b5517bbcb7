use std::ops::Deref;
#[derive(Debug, Clone, Default)]
pub struct Config {
    pub name: String,
}
impl Config {
    pub fn check(&self) -> bool {
        true
    }
}
pub struct Shared {
    inner: Config,
}
impl Deref for Shared {
    type Target = Config;
    fn deref(&self) -> &Config {
        &self.inner
    }
}
pub fn run(shared: &Shared, many: Vec<Option<Config>>) {
    shared.check();
    let config = Config::default();
    config.clone().check();
    many.into_iter().flatten().next().unwrap().check();
}
