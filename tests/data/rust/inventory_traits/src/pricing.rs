use super::inventory::Item;

pub trait Rule {
    fn change(&self, price: u32) -> u32;
    fn applies(&self, item: &Item) -> bool {
        item.price() > 0
    }
}

pub struct Discount(pub u32);
pub struct TaxRule {
    pub rate: u32,
}

impl Rule for Discount {
    fn change(&self, price: u32) -> u32 {
        floor(price, self.0)
    }
}
impl Rule for TaxRule {
    fn change(&self, price: u32) -> u32 {
        price + self.part(price)
    }
    fn applies(&self, item: &Item) -> bool {
        item.price() > 10
    }
}
impl TaxRule {
    fn part(&self, price: u32) -> u32 {
        price * self.rate / 100
    }
}

fn floor(a: u32, b: u32) -> u32 {
    a.saturating_sub(b)
}

#[derive(Default)]
pub struct Pricing {
    rules: Vec<Box<dyn Rule>>,
}

impl Pricing {
    pub fn with(mut self, rule: Box<dyn Rule>) -> Self {
        self.rules.push(rule);
        self
    }
    pub fn apply(&self, item: &Item) -> u32 {
        let mut price = item.price();
        for rule in self.rules.iter().filter(|rule| rule.applies(item)) {
            price = rule.change(price);
        }
        price
    }
}
