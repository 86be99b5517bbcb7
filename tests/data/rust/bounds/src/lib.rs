pub trait Shape {
    fn area(&self) -> f64;
}
pub trait Loud: Shape {
    fn shout(&self);
}
pub struct Holder<T: Shape> {
    inner: T,
}
impl<T: Shape> Holder<T> {
    fn measure(&self) -> f64 {
        self.inner.area()
    }
}
pub fn largest<T>(shapes: &[T]) -> f64
where
    T: Loud + Clone,
{
    for shape in shapes {
        shape.shout();
        shape.area();
    }
    0.0
}
pub fn opaque(shape: impl Shape, loud: &dyn Loud) {
    shape.area();
    loud.shout();
}
pub fn both<A: Shape, B: Loud>(a: A, b: B) {
    a.area();
    b.shout();
}
mod other {
    pub trait Loud {
        fn shout(&self);
    }
}
