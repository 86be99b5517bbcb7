pub struct Item;
impl Item {
    pub fn new() -> Self {
        Item
    }
    pub fn run(&self) {
        self.stop()
    }
    pub fn stop(&self) {}
}
