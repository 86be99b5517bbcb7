pub fn compile() {}
pub fn check() {}
