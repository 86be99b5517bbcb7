mod alpha;
mod beta;
fn run() {}
fn main() {
    let total = 1;
    {
        let run = |x: i32| x;
        run(total);
    }
    run();
    let total = alpha::total;
    total();
    unknown();
    let thing = make_it();
    thing.close();
}
