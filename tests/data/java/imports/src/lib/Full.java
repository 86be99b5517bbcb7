package lib;

public class Full {
    public static void name() {}
}
