pub mod cart;
pub mod cart_total;
mod ext;
use cart::Cart;
use ext::Polite;
pub fn run(cart: &Cart) {
    cart.total();
    cart.greet();
    cart.count();
}
