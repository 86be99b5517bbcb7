pub trait Polite {
    fn greet(&self) {
        self.bow();
    }
    fn bow(&self);
}
impl Polite for crate::cart::Cart {
    fn bow(&self) {}
}
mod far {
    pub struct Cart;
    impl Cart {
        pub fn total(&self) {}
    }
}
