pub static FULL: &str = "full";
pub const fn square(n: usize) -> usize {
    n * n
}
