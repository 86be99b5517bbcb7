struct A;
struct B;
impl A {
    fn go(&self) {}
    fn into_b(self) -> B {
        B
    }
}
impl B {
    fn go(&self) {}
}
fn value() -> A {
    A
}
fn run(x: A) {
    x.go();
    let x = x.into_b();
    x.go();
    {
        let x = value();
        x.into_b();
    }
    let value = B;
    value.go();
    let inner = |x: &A| x.go();
    inner(&A);
    match Some(B) {
        Some(x) => x.go(),
        None => {}
    }
}
fn other() {
    let x = B;
    fn nested(x: A) {
        x.into_b();
    }
    x.go();
    nested(A);
}
