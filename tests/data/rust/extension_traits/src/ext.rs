use crate::geometry::Circle;

pub trait StrExt {
    fn words(&self) -> Vec<String>;
}
impl StrExt for str {
    fn words(&self) -> Vec<String> {
        split(self)
    }
}
impl<T: AsRef<str> + ?Sized> VecExt for T {
    fn largest(&self) -> Option<&Circle> {
        None
    }
}
pub trait VecExt {
    fn largest(&self) -> Option<&Circle>;
}
impl VecExt for [Circle] {
    fn largest(&self) -> Option<&Circle> {
        self.iter().max_by(|a, b| a.radius().total_cmp(&b.radius()))
    }
}
fn split(text: &str) -> Vec<String> {
    text.split(' ').map(String::from).collect()
}
