pub mod item;
pub fn build() {
    item::price();
    self::item::price();
    super::tax::apply();
    check();
}
fn check() {}
