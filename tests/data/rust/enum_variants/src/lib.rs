pub enum Shape {
    Empty,
    Circle(Disc),
    Rect { w: Side, h: Side },
}
pub struct Disc(pub f64);
pub struct Side;
impl Disc {
    fn area(&self) -> f64 {
        self.0
    }
}
impl Side {
    fn len(&self) -> f64 {
        1.0
    }
}
impl Shape {
    fn area(&self) -> f64 {
        match self {
            Shape::Empty => 0.0,
            Shape::Circle(disc) => disc.area(),
            Self::Rect { w, h: height } => w.len() * height.len(),
        }
    }
}
fn make(kind: u8) -> Shape {
    use Shape::*;
    if kind == 0 {
        return Empty;
    }
    if kind == 1 {
        return Circle(Disc(1.0));
    }
    Shape::Rect { w: Side, h: Side }
}
fn measure() {
    make(1).area();
    let shape = Shape::Circle(Disc(2.0));
    shape.area();
    if let Shape::Circle(Disc(r)) = shape {
        r.sqrt();
    }
}
