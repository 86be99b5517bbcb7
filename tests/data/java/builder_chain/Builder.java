class Builder {
    private String name;
    Builder name(String name) {
        this.name = name;
        return this;
    }
    Thing build() {
        return new Thing();
    }
    static Builder create() {
        return new Builder();
    }
}
class Thing {
    void go() {}
    static void run() {
        Builder.create().name("a").build().go();
    }
}
