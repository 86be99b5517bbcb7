pub mod rates;
pub fn apply() {
    rates::vat();
}
