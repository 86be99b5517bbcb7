function wrap(fn) {
  return function wrapped(...args) {
    return fn(...args);
  };
}
function work() {}
const safe = wrap(work);
safe();
