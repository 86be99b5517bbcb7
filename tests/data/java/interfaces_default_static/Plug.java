interface Plug {
    int PINS = 3;
    static Plug of() {
        return new Real();
    }
    default void push() {
        insert();
    }
    void insert();
}
class Real implements Plug {
    public void insert() {}
}
class Uses {
    void go() {
        Plug.of().push();
        Plug plug = Plug.of();
        plug.insert();
    }
}
