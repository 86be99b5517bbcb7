pub fn total() -> i32 {
    helper()
}
fn helper() -> i32 {
    1
}
pub struct Thing;
impl Thing {
    pub fn close(&self) {}
}
