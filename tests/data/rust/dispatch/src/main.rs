trait Shape {
    fn area(&self) -> f64;
    fn twice(&self) -> f64 {
        self.area() * 2.0
    }
}
struct Circle;
struct Square;
struct Unused;
impl Shape for Circle {
    fn area(&self) -> f64 {
        1.0
    }
}
impl Shape for Square {
    fn area(&self) -> f64 {
        2.0
    }
}
impl Shape for Unused {
    fn area(&self) -> f64 {
        3.0
    }
}
fn make(round: bool) -> Box<dyn Shape> {
    if round { Box::new(Circle) } else { Box::new(Square) }
}
fn measure(shape: &dyn Shape) -> f64 {
    shape.area()
}
fn generic<S: Shape>(shape: S) -> f64 {
    shape.area()
}
fn boxed() {
    let shape: Box<dyn Shape> = Box::new(Square);
    shape.area();
}
fn main() {
    make(true).area();
    measure(&Circle);
    generic(Square);
    boxed();
}
