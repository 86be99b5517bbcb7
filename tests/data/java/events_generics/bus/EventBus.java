package bus;

import java.lang.reflect.Method;
import java.util.*;
import java.util.function.*;

public class EventBus {
    private static EventBus instance;
    private final Map<Class<?>, List<Consumer<Object>>> handlers = new HashMap<>();
    protected Logger logger = Logger.getLogger(EventBus.class);

    public static EventBus get() {
        if (instance == null) instance = new EventBus();
        return instance;
    }
    public <E extends Event> Subscription on(Class<E> type, Consumer<? super E> handler) {
        Consumer<Object> wrapped = e -> handler.accept(type.cast(e));
        handlers.computeIfAbsent(type, t -> new ArrayList<>()).add(wrapped);
        return () -> remove(type, wrapped);
    }
    private void remove(Class<?> type, Consumer<Object> handler) { handlers.get(type).remove(handler); }
    public void post(Event event) {
        event.stamp();
        for (Consumer<Object> h : handlers.getOrDefault(event.getClass(), List.of())) {
            try {
                h.accept(event);
            } catch (RuntimeException ex) {
                logger.warn("failed " + event.name(), ex);
            }
        }
    }
}
