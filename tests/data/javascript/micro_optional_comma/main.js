const a = { f() { return { g: () => h }; }, n: null };
function h() {}
a?.f?.()?.g()();
a.n?.f();
a['f']().g();
const b = a.f;
b().g?.();
(1, a.f)();
const pick = (x) => (x ? h : k);
function k() {}
pick(1)();
(pick || h)(2);
typeof h === 'function' && h();
[h, k][Number(true)]();
const fns = { h, k, both() { return [this.h, this.k].map((f) => f.call(null)); } };
fns.both();
let late;
late = () => k();
late();
new (pick(0) && Thing)();
function Thing() { this.go = h; this.go(); }
var self = new Thing;
self.go();
