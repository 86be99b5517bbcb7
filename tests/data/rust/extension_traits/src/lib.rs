mod ext;
pub mod geometry {
    pub mod shapes;
    mod math;
    pub use self::math::{area as surface, Point};
    pub use self::shapes::*;
}
pub use ext::{StrExt, VecExt as _};
use geometry::{surface, Circle, Point, Scale};

pub fn run() -> f64 {
    let words = "a b".words();
    let point = Point::ORIGIN.moved(1.0, 2.0);
    let circle = Circle::at(point).scaled(2.0);
    let both = vec![circle, Circle::default()];
    both.largest().map(|c| c.radius()).unwrap_or_default() + surface(&both[0]) + words.len() as f64
}
