pub const LIMIT: u32 = base();
pub const FLOOR: u32 = 0;
pub static mut STATE: i32 = 1;
const fn base() -> u32 {
    10
}
