#[macro_use]
mod macros;
mod shapes;

use shapes::{Circle, Shape};

macro_rules! point {
    ($x:expr, $y:expr) => {
        Point::new($x, $y)
    };
    ($x:expr) => {
        point!($x, $x)
    };
}

pub struct Point {
    x: f64,
    y: f64,
}

impl Point {
    pub fn new(x: f64, y: f64) -> Self {
        check!(x >= 0.0, "x");
        Point { x, y }
    }
    fn norm(&self) -> f64 {
        square!(self.x) + square!(self.y)
    }
}

fn scale(n: f64) -> f64 {
    n * 2.0
}

pub fn run() -> Vec<f64> {
    let p = point!(scale(1.0));
    let list = vec![p.norm(), Circle::unit().area(), scale(3.0)];
    assert!(list.iter().all(|n| check(*n)), "bad {}", scale(1.0));
    let text = format!("{}", p.norm());
    log!("{} {:?}", text, list.len());
    list
}

fn check(n: f64) -> bool {
    n > 0.0
}
