class A {
    void m() {}
}
class B extends A {}
class C extends B {
    void m() {
        super.m();
    }
    void n() {
        m();
    }
}
