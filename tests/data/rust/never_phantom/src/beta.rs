pub fn total() -> i32 {
    helper()
}
fn helper() -> i32 {
    2
}
pub struct Thing;
impl Thing {
    pub fn close(&self) {
        self.missing();
    }
}
pub fn unknown() {}
pub fn missing() {}
