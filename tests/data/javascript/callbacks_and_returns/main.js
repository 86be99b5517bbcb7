function apply(fn) {
  return fn();
}
function make() {
  return function inner() {
    return work();
  };
}
function work() {}
apply(work);
apply(() => work());
make()();
const made = make();
made();
