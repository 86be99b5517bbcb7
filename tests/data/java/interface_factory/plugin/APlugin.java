package plugin;

class APlugin implements Plugin {
    private final Config config = Config.builder().size(3).name("a").build();
    public String name() { return config.name(); }
    @Override
    public String title() { return Plugin.super.title() + config.size(); }
}
