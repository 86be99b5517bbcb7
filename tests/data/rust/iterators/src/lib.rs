pub struct Item;
impl Item {
    pub fn price(&self) -> u32 {
        1
    }
    pub fn name(&self) -> &str {
        ""
    }
}
pub struct Cart {
    items: Vec<Item>,
}
impl Cart {
    pub fn iter(&self) -> impl Iterator<Item = &Item> {
        self.items.iter()
    }
}
pub struct Countdown {
    n: u32,
}
impl Iterator for Countdown {
    type Item = Item;
    fn next(&mut self) -> Option<Item> {
        None
    }
}
impl IntoIterator for Cart {
    type Item = Item;
    type IntoIter = std::vec::IntoIter<Item>;
    fn into_iter(self) -> std::vec::IntoIter<Item> {
        self.items.into_iter()
    }
}
pub fn run(cart: Cart, down: Countdown) {
    for item in cart.iter() {
        item.price();
    }
    for item in down {
        item.name();
    }
    let prices: Vec<u32> = cart.iter().map(Item::price).collect();
    let cheap: Vec<&Item> = cart.items.iter().filter(|item| item.price() < 3).collect();
    for (at, item) in cheap.iter().enumerate() {
        item.name();
    }
    if let Some(first) = cheap.first() {
        first.price();
    }
    cart.items.iter().map(|item| (item, 1)).for_each(|(item, _)| {
        item.name();
    });
    for item in cart {
        item.price();
    }
}
