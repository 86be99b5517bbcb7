use stack::Stack;

mod common;

#[test]
fn outside() {
    let mut stack: Stack<String> = Stack::new();
    stack.push(common::text());
    assert_eq!(stack.len(), 1);
}
