class Shape {
    double area() { return 0; }
}
class Circle extends Shape {
    @Override double area() { return 3; }
    void roll() {}
}
class Square extends Shape {
    double side() { return 1; }
}
class Printer {
    void print(int n) {}
    void print(long n) {}
    void print(double d) {}
    void print(String s) {}
    void print(char c) {}
    void print(Object o) { print(o.toString()); }
    void print(Shape s) { print(s.area()); }
    void print(Circle c) { c.roll(); print((Shape) c); }
    void print(String s, Object... args) { print(String.format(s, args)); }
    void print(int[] all) {
        for (int n : all) print(n);
    }
    void print(boolean b, int n) { print(n, b); }
    void print(int n, boolean b) {}
}
class Use {
    Printer out = new Printer();
    void go(Circle circle, Shape shape, long big) {
        out.print(1);
        out.print(big);
        out.print(1.5);
        out.print("a" + 1);
        out.print('c');
        out.print(shape);
        out.print(circle);
        out.print(new Square());
        out.print("%s %s", shape, circle);
        out.print(new int[] {1});
        out.print(true, 2);
        out.print(name());
        out.print(shape.area());
    }
    String name() { return ""; }
}
