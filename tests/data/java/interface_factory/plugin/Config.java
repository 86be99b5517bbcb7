package plugin;

final class Config {
    private final int size;
    private final String name;
    private Config(Builder b) {
        size = b.size;
        name = b.name;
    }
    static Builder builder() { return new Builder(); }
    int size() { return size; }
    String name() { return name; }
    static final class Builder {
        private int size;
        private String name;
        Builder size(int n) { size = n; return self(); }
        Builder name(String s) { name = s; return self(); }
        private Builder self() { return this; }
        Config build() { return new Config(this); }
    }
}
