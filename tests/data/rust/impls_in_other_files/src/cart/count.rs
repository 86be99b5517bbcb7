use super::Cart;
impl Cart {
    pub fn count(&self) {}
}
