use std::env;

#[derive(Clone)]
pub struct Config {
    pub file: String,
    pub ignore_case: bool,
}

impl Config {
    pub fn build(mut args: impl Iterator<Item = String>) -> Result<Config, &'static str> {
        args.next();
        let file = match args.next() {
            Some(arg) => arg,
            None => return Err("no file"),
        };
        let ignore_case = env::var("IGNORE_CASE").map(is_true).unwrap_or(false);
        Ok(Config { file, ignore_case })
    }
}

fn is_true(text: String) -> bool {
    text == "1"
}
