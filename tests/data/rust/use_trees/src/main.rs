mod shop;
mod report;
use shop::{self, cart::{self, Cart as Basket, *}, total as sum};
use report::print_all as show;
fn main() {
    let basket = Basket::new();
    basket.add();
    sum();
    shop::total();
    cart::empty();
    helper();
    show();
}
