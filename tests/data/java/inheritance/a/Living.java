package a;

public interface Living {
    void eat();
    default void rest() {
        eat();
    }
}
