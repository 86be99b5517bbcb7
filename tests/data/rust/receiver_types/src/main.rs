mod store;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use store::{open, Store, StoreResult};
struct App {
    store: Option<Store>,
    shared: Arc<Mutex<Store>>,
    by_name: HashMap<String, Store>,
    all: Vec<Rc<Store>>,
}
impl App {
    fn run(&mut self) -> StoreResult<()> {
        let opened = open("a")?;
        opened.save();
        if let Some(store) = &self.store {
            store.save();
        }
        let Some(again) = self.store.as_ref() else {
            return Ok(());
        };
        again.load();
        self.shared.lock().unwrap().load();
        for (name, one) in &self.by_name {
            one.save();
        }
        for one in self.by_name.values() {
            one.load();
        }
        self.by_name.get("x").unwrap().save();
        self.all[0].load();
        self.all.iter().filter(|one| one.ready()).for_each(|one| one.save());
        let first = self.all.first().cloned().unwrap();
        first.save();
        match open("b") {
            Ok(good) => good.save(),
            Err(_) => {}
        }
        let pair = (Store::new(), 1);
        pair.0.load();
        let (left, _) = pair;
        left.save();
        let boxed: Box<Store> = Box::new(Store::new());
        boxed.load();
        let chained = Store::new().named("n").named("m");
        chained.save();
        Ok(())
    }
}
fn main() {}
