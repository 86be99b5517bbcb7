package bus;

public interface Subscription {
    void cancel();
    default Subscription plus(Subscription other) {
        return () -> {
            cancel();
            other.cancel();
        };
    }
}
