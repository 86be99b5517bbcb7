pub fn slug(text: &str) -> String {
    text.to_lowercase()
}
pub fn log(text: &str) {
    eprintln!("{}", self::slug(text));
}
