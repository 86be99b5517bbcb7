pub struct Engine;
impl Engine {
    pub fn run(&self) {}
}
pub fn spin() {}
pub fn stop() {}
