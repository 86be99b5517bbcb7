class Base {
    void put(int a) {}
}
class Derived extends Base {
    void put(int a, int b) {}
    void use() {
        put(1);
        put(1, 2);
    }
}
