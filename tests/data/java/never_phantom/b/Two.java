package b;

public class Two {
    public static void save() {}
}
