pub struct Cart {
    items: Vec<Item>,
    tax: Tax,
}
pub struct Item {
    price: f64,
}
pub struct Tax;
impl Cart {
    pub const LIMIT: usize = 10;
    pub fn new() -> Self {
        Self { items: Vec::new(), tax: Tax::default_rate() }
    }
    pub fn with(item: Item) -> Cart {
        let mut cart = Self::new();
        cart.add(item);
        cart
    }
    pub fn add(&mut self, item: Item) {
        self.check();
        self.items.push(item);
    }
    pub fn total(&self) -> f64 {
        let sum: f64 = self.items.iter().map(|item| item.net()).sum();
        for item in &self.items {
            item.log();
        }
        self.tax.apply(sum)
    }
    fn check(&self) -> bool {
        self.items.len() < Self::LIMIT
    }
}
impl Item {
    fn net(&self) -> f64 {
        self.price
    }
    fn log(&self) {}
}
impl Tax {
    fn default_rate() -> Tax {
        Tax
    }
    fn apply(&self, sum: f64) -> f64 {
        sum
    }
    fn total(&self) -> f64 {
        0.0
    }
}
pub fn run() {
    let cart = Cart::with(Item { price: 1.0 });
    cart.total();
    Cart::total(&cart);
}
