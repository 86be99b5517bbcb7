package b;

public class Log {
    public static void debug() {}
    public static void info() {}
}
