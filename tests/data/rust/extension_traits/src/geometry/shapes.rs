use super::Point;

#[derive(Default)]
pub struct Circle {
    center: Point,
    r: f64,
}
pub trait Scale: Sized {
    fn scaled(self, by: f64) -> Self;
}
impl Circle {
    pub fn at(center: Point) -> Self {
        Circle { center: center.moved(0.0, 0.0), ..Self::default() }
    }
    pub fn radius(&self) -> f64 {
        self.r
    }
}
impl Scale for Circle {
    fn scaled(mut self, by: f64) -> Self {
        self.r *= by;
        self
    }
}
