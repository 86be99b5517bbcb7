#[macro_export]
macro_rules! say {
    ($x:expr) => {
        $x
    };
}
macro_rules! hush {
    () => {};
}
pub fn level() -> u8 {
    1
}
pub fn quiet() {
    hush!();
}
