package machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

public class Machine<C extends Machine.Context> {
    public interface Context {
        void log(String s);
        default boolean verbose() { return false; }
    }
    public enum State {
        IDLE {
            @Override
            State on(Event e, Context c) { return e == Event.START ? RUNNING : stay(c); }
        },
        RUNNING {
            private int ticks;
            @Override
            State on(Event e, Context c) {
                switch (e) {
                    case TICK:
                        count();
                        return this;
                    case STOP:
                        return DONE.entered(c);
                    default:
                        return super.stay(c);
                }
            }
            private void count() { ticks++; }
        },
        DONE {
            @Override
            State on(Event e, Context c) { return stay(c); }
        };
        abstract State on(Event e, Context c);
        State stay(Context c) {
            if (c.verbose()) c.log("stay " + name());
            return this;
        }
        State entered(Context c) {
            c.log(toString());
            return this;
        }
        static State parse(String s) {
            for (State st : State.values()) if (st.matches(s)) return st;
            return valueOf(s);
        }
        private boolean matches(String s) { return name().equalsIgnoreCase(s); }
    }
    public enum Event { START, TICK, STOP; Event next() { return values()[(ordinal() + 1) % values().length]; } }

    private final C context;
    private State state = State.IDLE;
    private final Map<State, Consumer<C>> actions = new EnumMap<>(State.class);
    private final Deque<Event> queue = new ArrayDeque<>();

    public Machine(C context) { this.context = Objects.requireNonNull(context); }

    public Machine<C> when(State s, Consumer<C> action) {
        actions.merge(s, action, Consumer::andThen);
        return this;
    }
    public synchronized void fire(Event... events) {
        for (Event e : events) queue.addLast(e);
        Event e;
        while ((e = queue.pollFirst()) != null) {
            State before = state;
            state = state.on(e, context);
            if (state != before) changed(before);
        }
    }
    private void changed(State before) {
        Consumer<C> action = actions.get(state);
        if (action != null) action.accept(context);
        context.log(before + "->" + state);
        this.<State>check(state);
    }
    private <T extends Enum<T>> void check(T t) { t.name(); }

    static class Console implements Context {
        @Override public void log(String s) { System.out.println(indent(s)); }
        private String indent(String s) { return "  " + s; }
        void beep() {}
    }
    public static void main(String[] args) {
        Console console = new Console();
        Machine<Console> m = new Machine<>(console).when(State.DONE, c -> c.beep());
        m.fire(Event.START, Event.START.next(), Event.STOP);
        State.parse("done").entered(console);
    }
}
