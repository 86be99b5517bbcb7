fn spin() {}
fn main() {
    spin();
}
