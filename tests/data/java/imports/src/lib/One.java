package lib;

public class One {
    public static void go() {}
}
