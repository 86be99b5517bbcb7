package app;

import bus.*;
import bus.Event.Started;

class Desktop {
    private final EventBus bus = EventBus.get();
    private Subscription subscription;
    private final Logger log = null;

    void open() {
        subscription = bus.on(Started.class, this::started).plus(bus.on(Event.class, e -> count(e)));
        bus.post(new Started("me"));
        BiFunctionLike<String, Integer> f = Desktop::parse;
        f.run("1");
    }
    private void started(Started event) { show(event.name(), event.who); }
    private void count(Event e) {}
    private void show(String... texts) {
        for (String t : texts) System.out.println(t);
    }
    static Integer parse(String s) { return Integer.valueOf(s); }
    void close() {
        if (subscription != null) subscription.cancel();
    }
    interface BiFunctionLike<A, B> { B run(A a); }
}
