class Boot {
    static final int LIMIT = compute();
    static int[] table;
    static {
        table = fill();
    }
    static int compute() {
        return 1;
    }
    static int[] fill() {
        return new int[LIMIT];
    }
}
