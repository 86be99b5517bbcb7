import java.util.function.Function;

interface Action {
    void act(int n);
}
class Refs {
    static void helper(int n) {}
    void own(int n) {}
    static void apply(Action action) {
        action.act(1);
    }
    void go() {
        apply(n -> helper(n));
        apply(Refs::helper);
        apply(this::own);
        Function<Integer, Refs> make = Refs::new;
    }
    Refs(int n) {}
}
