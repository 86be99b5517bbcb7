use super::error::{self, Result};

pub struct Entry {
    pub key: String,
    pub raw: String,
}

pub fn lines(text: &str) -> Result<Vec<Entry>> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if is_comment(line) {
            continue;
        }
        found.push(entry(line).ok_or_else(|| error::at(at))?);
    }
    Ok(found)
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

fn entry(line: &str) -> Option<Entry> {
    let (key, raw) = line.split_once('=')?;
    Some(Entry { key: key.trim().into(), raw: raw.trim().into() })
}
