pub trait Shape {
    fn area(&self) -> f64;
}
pub struct Circle(f64);
impl Circle {
    pub fn unit() -> Self {
        Circle(1.0)
    }
}
macro_rules! shape {
    ($name:ident, $of:expr) => {
        impl Shape for $name {
            fn area(&self) -> f64 {
                $of
            }
        }
    };
}
shape!(Circle, square!(2.0));
