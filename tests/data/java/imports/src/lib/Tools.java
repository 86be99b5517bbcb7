package lib;

public class Tools {
    public static void hammer() {}
}
