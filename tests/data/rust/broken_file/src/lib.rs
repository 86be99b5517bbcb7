pub fn before() {
    after();
}
pub fn broken( {
    let x = ;
}
pub struct Kept {
    field: u8,
}
pub fn after() {}
