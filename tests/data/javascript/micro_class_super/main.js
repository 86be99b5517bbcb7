class A { constructor() { this.f(); } f() {} static s() { return this.t(); } static t() {} get p() { return 1; } }
class B extends A { constructor() { super(); } f() { super.f(); } static t() { super.t(); } get p() { return super.p; } }
class C extends B { g() { super.f(); } }
const c = new C();
c.g();
c.p;
B.s();
