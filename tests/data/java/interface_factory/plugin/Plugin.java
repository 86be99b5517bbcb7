package plugin;

public interface Plugin extends AutoCloseable {
    String NAME = Names.of("plugin");
    String name();
    default String title() { return decorate(name()); }
    private String decorate(String s) { return "[" + s + "]"; }
    @Override
    default void close() {}
    static Plugin of(String name) {
        return switch (name) {
            case "a" -> new APlugin();
            case "b" -> BPlugin.INSTANCE;
            default -> Registry.getInstance().find(name);
        };
    }
    enum BPlugin implements Plugin {
        INSTANCE;
        public String name() { return "b"; }
    }
}
