pub mod config;
use config::{LIMIT, STATE};
pub fn check(n: u32) -> bool {
    n < LIMIT && n > config::FLOOR
}
pub fn set() {
    unsafe {
        STATE = 2;
        config::STATE += 1;
    }
}
pub struct Point {
    pub x: i32,
    y: i32,
}
pub fn shift(p: &mut Point) -> i32 {
    p.x = 1;
    p.y
}
