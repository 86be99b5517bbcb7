package db;

import static db.Condition.*;
import db.Condition.Operator;
import java.util.*;

public class Query<T extends Query<T>> {
    protected final StringBuilder sql = new StringBuilder();
    protected final List<Object> params = new LinkedList<>();
    private Map<String, List<Condition>> groups = new TreeMap<>();

    @SuppressWarnings("unchecked")
    protected T self() { return (T) this; }
    public T where(Condition c) {
        groups.computeIfAbsent(c.column(), k -> new ArrayList<>()).add(c);
        return self();
    }
    public T where(String column, Object value) { return where(eq(column, value)); }
    public T where(String column, Operator op, Object value) {
        return where(new Condition(column, op, value));
    }
    public String build() {
        for (Map.Entry<String, List<Condition>> e : groups.entrySet()) {
            for (Condition c : e.getValue()) {
                c.render(sql);
                params.addAll(c.values());
            }
        }
        groups.forEach((name, list) -> list.forEach(c -> c.render(sql)));
        return finish(sql.toString());
    }
    protected String finish(String s) { return s.trim(); }
    public static SelectQuery select(String... columns) { return new SelectQuery(columns); }
}
class SelectQuery extends Query<SelectQuery> {
    private int limit = -1;
    SelectQuery(String[] columns) {
        super();
        sql.append(join(columns));
    }
    private static String join(String[] columns) { return String.join(",", columns); }
    SelectQuery limit(int n) {
        limit = n;
        return this;
    }
    @Override
    protected String finish(String s) { return super.finish(s) + suffix(limit); }
    private String suffix(int n) { return n < 0 ? "" : " limit " + n; }
}
