use crate::pricing::Pricing;
use std::collections::BTreeMap;
use std::ops::AddAssign;

#[derive(Clone, Debug)]
pub struct Item {
    name: String,
    price: u32,
}

impl Item {
    pub fn new(name: impl Into<String>, price: u32) -> Self {
        Self { name: name.into(), price }
    }
    pub fn price(&self) -> u32 {
        self.price
    }
}

pub struct Inventory {
    items: Vec<Item>,
}

impl From<Vec<Item>> for Inventory {
    fn from(items: Vec<Item>) -> Self {
        let mut made = Inventory { items };
        made.sort();
        made
    }
}

impl AddAssign<Item> for Inventory {
    fn add_assign(&mut self, item: Item) {
        self.items.push(item);
        self.sort();
    }
}

impl Inventory {
    fn sort(&mut self) {
        self.items.sort_by_key(|item| item.price());
    }
    pub fn total(&self, pricing: &Pricing) -> u32 {
        self.items.iter().map(|item| pricing.apply(item)).sum()
    }
    pub fn cheapest(&self) -> Option<&Item> {
        self.items.first()
    }
    pub fn by_name(&self) -> BTreeMap<String, &Item> {
        self.items.iter().map(|i| (i.name.clone(), i)).collect()
    }
}
