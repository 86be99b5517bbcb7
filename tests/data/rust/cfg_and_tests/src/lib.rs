#[cfg(feature = "json")]
pub mod json;
#[cfg(unix)]
pub fn sep() -> char {
    '/'
}
#[cfg(not(unix))]
pub fn sep() -> char {
    '|'
}
#[cfg(all(unix, feature = "json"))]
pub struct Both;
#[cfg(debug_assertions)]
pub const LIMIT: u8 = 1;
pub fn add(a: u8, b: u8) -> u8 {
    sep();
    a + b
}
#[cfg(test)]
mod tests {
    use super::*;
    fn setup() -> u8 {
        1
    }
    #[test]
    fn adds() {
        assert_eq!(add(setup(), 2), 3);
    }
}
