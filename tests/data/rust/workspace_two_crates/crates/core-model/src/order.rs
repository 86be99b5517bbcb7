use crate::Money;

pub struct Line {
    price: Money,
    count: u32,
}
#[derive(Default)]
pub struct Order {
    lines: Vec<Line>,
}
impl Order {
    pub fn add(&mut self, price: Money, count: u32) -> &mut Self {
        self.lines.push(Line { price, count });
        self
    }
    pub fn total(&self) -> Money {
        self.lines.iter().map(|line| line.price.times(line.count)).fold(Money::ZERO, |a, b| a + b)
    }
    pub fn largest(&self) -> Option<Money> {
        self.lines.iter().map(Line::sum).max()
    }
}
impl Line {
    fn sum(&self) -> Money {
        self.price.times(self.count)
    }
}
