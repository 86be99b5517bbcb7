pub mod deep;
pub use deep::stop;
pub fn idle() {}
