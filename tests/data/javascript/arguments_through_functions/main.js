function first() {}
function second() {}
function pass(fn) {
  return inner(fn);
}
function inner(fn) {
  fn();
  return fn;
}
const got = pass(first);
got();
const apply2 = (f, ...args) => f(...args);
apply2(inner, second);
