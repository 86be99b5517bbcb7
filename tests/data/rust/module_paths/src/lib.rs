mod cart;
mod tax;
pub mod shop {
    pub fn open() {
        super::start();
        self::close();
        crate::cart::build();
    }
    pub fn close() {}
}
pub fn start() {
    cart::build();
    shop::open();
    crate::tax::rates::vat();
    tax::apply();
}
