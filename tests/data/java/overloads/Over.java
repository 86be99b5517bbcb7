class Over {
    void put(int a) {}
    void put(int a, int b) {}
    void put(String a, int b) {}
    void many(Object... all) {}
    Over() {}
    Over(int a) {
        this();
    }
    void unknown(Object raw) {
        put(raw, 2);
    }
    void use() {
        put(1);
        put(1, 2);
        many(1, 2, 3);
        new Over(3);
    }
}
