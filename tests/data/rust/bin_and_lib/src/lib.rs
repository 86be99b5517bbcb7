//! Counts words.
extern crate self as word_count;

pub mod config;
mod count;

pub use crate::count::*;
pub use config::Config;

pub fn run(config: Config) -> Result<Counts, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(&config.file)?;
    let counts = if config.ignore_case { count(&text.to_lowercase()) } else { count(&text) };
    let top = counts.top(3);
    for Entry { word, n } in &top {
        println!("{word}: {n}");
    }
    Ok(counts)
}
