pub struct Item;
impl Item {
    pub fn new() -> Self {
        Item
    }
    pub fn run(&self) {
        stop()
    }
}
fn stop() {}
