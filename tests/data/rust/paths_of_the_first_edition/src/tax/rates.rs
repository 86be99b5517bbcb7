pub fn vat() {}
