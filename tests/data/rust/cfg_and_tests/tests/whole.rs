use shop_core::add;
#[test]
fn adds_too() {
    let sum = add(1, 2);
    assert!(sum > shop_core::add(0, 0));
    helper();
}
fn helper() {}
