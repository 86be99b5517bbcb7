pub fn read(path: &str) -> String {
    clean(path)
}
fn clean(path: &str) -> String {
    path.trim().to_string()
}
