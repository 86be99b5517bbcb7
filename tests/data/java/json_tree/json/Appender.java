package json;

class Appender {
    private final StringBuilder text = new StringBuilder();
    private boolean first;
    Appender open(char c) {
        first = true;
        return raw(c);
    }
    Appender close(char c) { return raw(c); }
    Appender next() {
        if (!first) raw(',');
        first = false;
        return this;
    }
    Appender raw(char c) { text.append(c); return this; }
    Appender raw(CharSequence s) { text.append(s); return this; }
    void quoted(String s) { raw('"').raw(escape(s)).raw('"'); }
    private static String escape(String s) { return s.replace("\"", "\\\""); }
    String done() { return text.toString(); }
}
