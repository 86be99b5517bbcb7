function f1() { return f2; }
function f2() { return f3(); }
function f3() { return () => f1; }
f1()()()()();
const o = { m() { return this.n; }, n() { return o.m; } };
o.m()()();
