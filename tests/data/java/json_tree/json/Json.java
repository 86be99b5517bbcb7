package json;

import java.util.*;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

public abstract class Json {
    public static final Json NULL = new Null();
    public abstract void write(Appender out);
    public Optional<Json> get(String key) { return Optional.empty(); }
    public static Obj object() { return new Obj(); }
    public static Json of(Object value) {
        if (value == null) return NULL;
        if (value instanceof Json) return (Json) value;
        if (value instanceof Map<?, ?> map) {
            Obj o = object();
            map.forEach((k, v) -> o.put(k.toString(), of(v)));
            return o;
        }
        if (value instanceof Collection) {
            return new Arr(((Collection<?>) value).stream().map(Json::of).collect(Collectors.toList()));
        }
        return value instanceof Number n ? new Num(n) : new Str(value.toString());
    }
    @Override
    public final String toString() {
        Appender out = new Appender();
        write(out);
        return out.done();
    }
    private static final class Null extends Json {
        public void write(Appender out) { out.raw("null"); }
    }
    static class Num extends Json {
        private final Number n;
        Num(Number n) { this.n = n; }
        @Override public void write(Appender out) { out.raw(n.toString()); }
    }
    static class Str extends Json implements Comparable<Str> {
        private final String s;
        Str(String s) { this.s = s; }
        @Override public void write(Appender out) { out.quoted(s); }
        @Override public int compareTo(Str o) { return s.compareTo(o.s); }
    }
    public static class Arr extends Json implements Iterable<Json> {
        private final List<Json> items;
        Arr(List<Json> items) { this.items = items; }
        @Override public Iterator<Json> iterator() { return items.iterator(); }
        @Override
        public void write(Appender out) {
            out.open('[');
            for (Json item : this) item.write(out.next());
            out.close(']');
        }
        public Json at(int i) { return items.get(i); }
    }
    public static class Obj extends Json {
        private final SortedMap<Str, Json> members = new TreeMap<>();
        public Obj put(String key, Json value) {
            members.put(new Str(key), value);
            return this;
        }
        @Override public Optional<Json> get(String key) { return Optional.ofNullable(members.get(new Str(key))); }
        @Override
        public void write(Appender out) {
            out.open('{');
            each((k, v) -> {
                k.write(out.next());
                out.raw(":");
                v.write(out);
            });
            out.close('}');
        }
        void each(BiConsumer<Str, Json> f) {
            for (Map.Entry<Str, Json> e : members.entrySet()) f.accept(e.getKey(), e.getValue());
        }
    }
}
