package db;

import java.util.*;

public final class Condition {
    public enum Operator {
        EQ("=") {
            @Override
            String render(Object value) { return value == null ? nullCheck() : super.render(value); }
            private String nullCheck() { return " is null"; }
        },
        IN(" in ");
        final String text;
        Operator(String text) { this.text = text; }
        String render(Object value) { return text + quote(value); }
        private static String quote(Object v) { return "'" + v + "'"; }
    }
    private final String column;
    private final Operator op;
    private final Object value;
    Condition(String column, Operator op, Object value) {
        this.column = column;
        this.op = op;
        this.value = value;
    }
    public static Condition eq(String column, Object value) { return new Condition(column, Operator.EQ, value); }
    public static Condition in(String column, Object... values) {
        return new Condition(column, Operator.IN, Arrays.asList(values));
    }
    String column() { return column; }
    void render(StringBuilder out) { out.append(column).append(op.render(value)); }
    List<Object> values() { return Collections.singletonList(value); }
}
