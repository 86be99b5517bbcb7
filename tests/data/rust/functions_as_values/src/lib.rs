fn twice(f: fn(i32) -> i32, x: i32) -> i32 {
    f(f(x))
}
fn apply<F: Fn(i32) -> i32>(f: F) -> i32 {
    f(1)
}
fn inc(x: i32) -> i32 {
    x + 1
}
fn dec(x: i32) -> i32 {
    x - 1
}
fn pick(up: bool) -> fn(i32) -> i32 {
    if up { inc } else { dec }
}
struct Handler {
    on_event: Box<dyn Fn(i32) -> i32>,
}
fn main() {
    twice(inc, 1);
    apply(|x| dec(x));
    let g = pick(true);
    g(3);
    let table = [inc, dec];
    table[0](1);
    let all: Vec<i32> = vec![1].into_iter().map(inc).collect();
    let unused = dec;
}
