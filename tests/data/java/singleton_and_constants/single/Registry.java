package single;

public final class Registry {
    public static final Registry INSTANCE = new Registry();
    private Registry() {}
    public void add() {}
}
