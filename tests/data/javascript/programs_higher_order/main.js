const curry = (f) => (a) => (b) => f(a, b);
const flip = (f) => (a, b) => f(b, a);
const tap = (f) => (x) => { f(x); return x; };
const sum = (a, b) => a + b;
const plus = curry(sum);
plus(1)(2);
const minus = flip((a, b) => a - b);
minus(1, 2);
[1].map(tap(log)).map(plus(3));
function log(x) { console.log(x); }
const when = (test, then, otherwise = () => undefined) => (x) => (test(x) ? then(x) : otherwise(x));
when(isBig, log)(5);
function isBig(x) { return x > 3; }
const table = { sum, product: (a, b) => a * b };
for (const [name, fn] of Object.entries(table)) fn(name.length, 2);
Object.keys(table).forEach((k) => table[k](1, 2));
const chosen = Math.random() > 2 ? sum : table.product;
chosen(1, 2);
