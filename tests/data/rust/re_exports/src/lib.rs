mod inner;
mod other;
mod user;
pub mod prelude {
    pub use crate::inner::deep::{Engine, spin};
    pub use crate::inner::*;
}
pub use inner::deep::spin as turn;
