function* gen() { yield a; yield b; return c; }
function a() {}
function b() {}
function c() {}
for (const f of gen()) f();
const it = gen();
it.next().value();
const [x] = gen();
x();
function* outer() { yield* gen(); yield () => c(); }
[...outer()].forEach((f) => f());
class Bag { *[Symbol.iterator]() { yield a; } *each(fn) { for (const f of this) fn(f); } }
for (const f of new Bag()) f();
const bag = new Bag();
for (const _ of bag.each((f) => f()));
const obj = { *items() { yield b; } };
for (const f of obj.items()) f();
