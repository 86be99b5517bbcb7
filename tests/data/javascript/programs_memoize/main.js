function memoize(fn) {
  const cache = new Map();
  return function memoized(key) {
    if (!cache.has(key)) cache.set(key, fn.call(this, key));
    return cache.get(key);
  };
}
const slow = (n) => n * 2;
const fast = memoize(slow);
const fib = memoize(function fibonacci(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); });
fast(2);
fib(5);
