#[macro_use]
mod log;
mod work;
pub use crate::log::level;
