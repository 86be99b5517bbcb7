use super::{Named, Shape};
#[derive(Debug, Clone, PartialEq)]
pub struct Circle {
    r: f64,
}
#[derive(Default)]
pub struct Square;
impl Named for Circle {
    fn name(&self) -> String {
        String::new()
    }
}
impl Shape for Circle {
    const SIDES: u32 = 0;
    type Unit = f64;
    fn area(&self) -> f64 {
        self.r
    }
}
impl Named for Square {
    fn name(&self) -> String {
        String::new()
    }
}
impl Shape for Square {
    const SIDES: u32 = 4;
    type Unit = f64;
    fn area(&self) -> f64 {
        1.0
    }
    fn describe(&self) -> f64 {
        2.0
    }
}
