package bus;

public abstract class Event {
    private long time;
    final void stamp() { time = now(); }
    protected long now() { return System.currentTimeMillis(); }
    public String name() { return getClass().getSimpleName(); }
    public static class Started extends Event {
        public final String who;
        public Started(String who) { this.who = who; }
        String who() { return who; }
    }
}
