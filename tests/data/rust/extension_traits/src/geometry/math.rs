use super::shapes::Circle;

#[derive(Clone, Copy, Default)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}
impl Point {
    pub const ORIGIN: Point = Point { x: 0.0, y: 0.0 };
    pub fn moved(self, x: f64, y: f64) -> Point {
        Point { x: self.x + x, y: self.y + y }
    }
}
pub fn area(circle: &Circle) -> f64 {
    square(circle.radius())
}
fn square(n: f64) -> f64 {
    n * n
}
