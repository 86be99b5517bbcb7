pub mod disk;
pub mod memory;

pub trait Store {
    fn put(&mut self, key: &str);
    fn flush(&mut self) {
        crate::util::log("flush");
    }
}
pub(super) fn limit() -> usize {
    10
}
