use crate::shop::{assist, cart::Cart};
use super::shop::cart::*;
pub fn print_all() {
    assist();
    let c: Cart = Cart::new();
    c.add();
    empty();
}
