package geo;

import java.util.List;

sealed interface Shape permits Circle, Rect, Group {
    double area();
}
record Circle(Point center, double r) implements Shape {
    static final Circle UNIT = new Circle(Point.ORIGIN, 1);
    Circle(double r) { this(new Point(0, 0), r); }
    public double area() { return Math.PI * square(r); }
    private static double square(double d) { return d * d; }
}
record Rect(Point a, Point b) implements Shape {
    public double area() { return a.minus(b).product(); }
}
record Group(List<? extends Shape> shapes) implements Shape {
    public double area() {
        double sum = 0;
        for (Shape s : shapes()) sum += s.area();
        return sum;
    }
}
record Point(double x, double y) {
    static final Point ORIGIN = new Point(0, 0);
    Point minus(Point o) { return new Point(x - o.x(), y - o.y); }
    double product() { return x * y; }
}
class Geometry {
    static String describe(Object o) {
        return switch (o) {
            case Circle c when c.r() > 1 -> big(c);
            case Circle c -> c.center().toString();
            case Rect(Point a, Point b) -> text(a.minus(b));
            case Group g -> {
                for (var s : g.shapes()) {
                    describe(s);
                }
                yield "group";
            }
            default -> "?";
        };
    }
    static String big(Circle c) { return "big" + c.area(); }
    static String text(Point p) { return p.toString(); }
    static double total(Shape... shapes) {
        double t = 0;
        for (int i = 0; i < shapes.length; i++) {
            t += shapes[i].area();
        }
        if (shapes[0] instanceof Rect r) {
            r.a().minus(r.b);
        }
        var unit = Circle.UNIT;
        unit.center().minus(Point.ORIGIN).product();
        return t + unit.area();
    }
}
