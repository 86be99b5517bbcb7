pub mod cart;
pub use self::cart::helper as assist;
pub fn total() {
    assist();
}
