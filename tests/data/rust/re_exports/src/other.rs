pub fn spin() {}
pub fn idle() {}
