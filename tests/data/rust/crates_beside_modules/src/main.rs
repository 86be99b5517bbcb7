mod serde_help;
mod serde;
mod deep;
fn main() {
    deep::run();
}
