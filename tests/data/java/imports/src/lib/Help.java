package lib;

public class Help {
    public static void assist() {}
}
