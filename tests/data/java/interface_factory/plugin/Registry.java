package plugin;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

public class Registry {
    private static volatile Registry instance;
    private final Map<String, Plugin> plugins = new ConcurrentHashMap<>();
    private Registry() {}
    public static Registry getInstance() {
        if (instance == null) {
            synchronized (Registry.class) {
                instance = new Registry();
            }
        }
        return instance;
    }
    Plugin find(String name) {
        Plugin found = plugins.get(name);
        return found != null ? found : missing(name);
    }
    private Plugin missing(String name) { throw new IllegalArgumentException(name); }
    void closeAll() throws Exception {
        for (Plugin p : plugins.values()) p.close();
        plugins.values().forEach(Plugin::close);
        plugins.forEach((k, p) -> p.title());
        try (Plugin p = Plugin.of("a"); var q = new APlugin()) {
            p.name();
            q.name();
        }
    }
}
