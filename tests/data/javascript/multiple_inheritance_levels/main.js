class A {
  a() {
    this.hook();
  }
  hook() {}
}
class B extends A {
  b() {
    this.a();
  }
}
class C extends B {
  hook() {
    super.hook();
  }
  c() {
    this.b();
  }
}
new C().c();
