mod compile;
mod report;
pub use crate::compile::compile;
pub fn run() {
    compile();
    compile::check();
    crate::report::report();
}
