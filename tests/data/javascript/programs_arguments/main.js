function first() { return arguments[0](); }
function every() { for (var i = 0; i < arguments.length; i++) arguments[i](i); }
function forward() { return target.apply(null, arguments); }
function target(f, g) { f(); g(); }
function a() {}
function b() {}
function c(i) {}
first(a);
every(b, c);
forward(a, b);
const args = [a, c];
target(...args);
Math.max.apply(null, [1, 2]);
