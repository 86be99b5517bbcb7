use std::{env, process};
use word_count::{config::Config, run};

fn main() {
    let config = Config::build(env::args()).unwrap_or_else(|err| {
        eprintln!("{err}");
        fail(1)
    });
    match run(config.clone()) {
        Ok(counts) if counts.len() == 0 => fail(2),
        Ok(_) => {}
        Err(_) => fail(3),
    }
}

fn fail(code: i32) -> ! {
    process::exit(code)
}
