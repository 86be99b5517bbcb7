mod shapes;
use shapes::{Circle, Square};
pub trait Named {
    fn name(&self) -> String;
}
pub trait Shape: Named {
    const SIDES: u32;
    type Unit;
    fn area(&self) -> f64;
    fn describe(&self) -> f64 {
        self.name();
        self.area()
    }
}
pub fn all(shapes: &[Box<dyn Shape>]) {
    for shape in shapes {
        shape.area();
        shape.name();
    }
}
pub fn circle(c: Circle) {
    c.describe();
    c.area();
}
pub fn square() -> f64 {
    let s = Square::default();
    Shape::area(&s)
}
