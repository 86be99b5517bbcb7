mod a;
mod b;

use a::Item;
use b::Item as Other;

pub fn new() -> Item {
    Item::new()
}
pub fn both() {
    let one = new();
    let two = Other::new();
    one.run();
    two.run();
    let run = |item: &Other| item.stop();
    run(&two);
    helper::run();
    fn run_inner() {
        helper::stop();
    }
    run_inner();
}
mod helper {
    pub fn run() {
        stop();
    }
    pub fn stop() {}
}
trait Stop {
    fn halt(&self);
}
impl Stop for Item {
    fn halt(&self) {
        self.run()
    }
}
impl Stop for Other {
    fn halt(&self) {
        self.run()
    }
}
fn halt_all(all: &[Box<dyn Stop>], item: Item) {
    all.iter().for_each(|one| one.halt());
    item.halt();
}
