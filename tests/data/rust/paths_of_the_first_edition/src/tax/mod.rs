pub mod rates;
pub fn apply() {}
