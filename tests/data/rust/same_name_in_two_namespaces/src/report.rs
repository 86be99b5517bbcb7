use crate::{compile, compile::check};
pub fn report() {
    compile();
    check();
    compile::check();
}
