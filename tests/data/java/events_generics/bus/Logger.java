package bus;

public class Logger {
    private final String name;
    private Logger(String name) { this.name = name; }
    static Logger getLogger(String name) { return new Logger(name); }
    static Logger getLogger(Class<?> type) { return getLogger(type.getName()); }
    void warn(String text) { write("warn", text); }
    void warn(String text, Throwable t) {
        warn(text);
        write("trace", t.getMessage());
    }
    void info(String format, Object... args) { write("info", String.format(format, args)); }
    private void write(String level, String text) {}
}
