use std::ops::Add;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(pub i64);

#[derive(Clone, Copy)]
pub enum Currency {
    Eur,
    Usd,
}

impl Money {
    pub const ZERO: Money = Money(0);
    pub fn times(self, n: u32) -> Money {
        Money(self.0 * i64::from(n))
    }
    pub fn show(&self, currency: Currency) -> String {
        format!("{}{}", self.0, currency.sign())
    }
}
impl Currency {
    fn sign(self) -> char {
        '$'
    }
}
impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}
