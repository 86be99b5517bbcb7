package plugin;

class Names {
    static String of(String s) { return s; }
}
