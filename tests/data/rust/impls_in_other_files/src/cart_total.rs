use crate::cart::Cart;
impl Cart {
    pub fn total(&self) {
        self.count();
    }
}
