pub fn vat() {
    check();
}
fn check() {}
