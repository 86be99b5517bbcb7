function f1() {}
function f2() {}
function f3() {}
const d = { a: f1, b: f2 };
d.a();
d['b']();
d.b = f3;
d.b();
const key = 'a';
d[key]();
const e = { ...d, c: { f: f2 } };
e.c.f();
e.a();
delete d.a;
const nested = { x: { y: { z: f3 } } };
nested.x.y.z();
const { x: { y } } = nested;
y.z();
function make(k) { return { [k]: f1, fixed: f2 }; }
make('q').fixed();
const m = new Map();
m.set('a', f1);
m.get('a')();
