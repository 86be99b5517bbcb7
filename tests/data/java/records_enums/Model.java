enum Color {
    RED("r"),
    GREEN("g") {
        @Override
        String show() {
            return "!";
        }
    };
    private final String code;
    Color(String code) {
        this.code = code;
    }
    String show() {
        return code;
    }
}
record Point(int x, int y) {
    Point {
        check(x);
    }
    static void check(int n) {}
    int sum() {
        return x() + y;
    }
}
class Use {
    static int use(Point point) {
        Color.RED.show();
        Color color = Color.GREEN;
        color.show();
        return point.sum() + point.x() + new Point(1, 2).sum();
    }
}
