pub struct Cart;
impl Cart {
    pub fn new() -> Self {
        Cart
    }
    pub fn add(&self) {}
}
pub fn empty() {}
pub fn helper() {}
