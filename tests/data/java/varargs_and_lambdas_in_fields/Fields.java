import java.util.function.Supplier;

class Fields {
    private final Runnable job = () -> work();
    private final Supplier<Fields> make = Fields::new;
    Fields() {}
    void work() {}
    void go() {
        job.run();
    }
    void all(String first, Object... rest) {}
    void call() {
        all("a");
        all("a", 1, 2);
    }
}
