function f() {}
function g() {}
class A {
  static s = f;
  t = g;
  constructor(h) { this.h = h; }
  run() { this.h(); this.t(); A.s(); }
}
const a = new A(k);
function k() {}
a.run();
a.h();
a.t();
A.s();
a.late = f;
a.late();
A.prototype.extra = function () { return this.run(); };
a.extra();
class B { get a() { return new A(f); } }
new B().a.run();
