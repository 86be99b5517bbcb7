const tools = { cut: () => 1, glue: () => 2, nested: { paint: () => 3 } };
const { cut, glue: stick, nested: { paint } } = tools;
const [first, , third] = [one, two, three];
function one() {}
function two() {}
function three() {}
function use({ go = fallback, stop }) { go(); stop(); }
function fallback() {}
function halt() {}
cut();
stick();
paint();
first();
third();
use({ stop: halt });
let a = one, b = two;
[a, b] = [b, a];
a();
