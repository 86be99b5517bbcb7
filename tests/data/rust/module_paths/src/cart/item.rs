pub fn price() {
    super::super::tax::rates::vat();
    super::build();
}
