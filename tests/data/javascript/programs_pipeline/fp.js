function pipe(...fns) {
  return function run(value) {
    return fns.reduce((acc, fn) => fn(acc), value);
  };
}
const compose = (f, g) => (x) => f(g(x));
module.exports = { pipe, compose };
