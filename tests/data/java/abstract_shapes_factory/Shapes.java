package shapes;

import java.util.*;
import java.util.function.Supplier;

abstract class Shape implements Cloneable {
    protected final String name;
    private static final Map<String, Supplier<? extends Shape>> FACTORIES = new HashMap<>();
    static {
        register("circle", Circle::new);
        register("square", () -> new Square(1));
    }
    protected Shape(String name) { this.name = name; }
    static void register(String name, Supplier<? extends Shape> factory) { FACTORIES.put(name, factory); }
    static Shape create(String name) {
        Supplier<? extends Shape> factory = FACTORIES.get(name);
        return factory == null ? fallback() : factory.get();
    }
    private static Shape fallback() {
        return new Shape("none") {
            @Override
            double area() { return zero(); }
            private double zero() { return 0; }
        };
    }
    abstract double area();
    String describe() { return String.format("%s %f", getName(), area()); }
    String getName() { return name; }
    boolean largerThan(Shape other) { return area() > other.area(); }
}

class Circle extends Shape {
    private double r = 1;
    Circle() { super("circle"); }
    Circle(double r) {
        this();
        this.r = r;
    }
    @Override
    double area() { return Math.PI * r * r; }
    @Override
    String describe() { return super.describe() + diameter(); }
    private double diameter() { return 2 * r; }
}

class Square extends Shape {
    private final double side;
    Square(double side) {
        super("square");
        this.side = side;
    }
    @Override
    double area() { return side * side; }
    @Override
    String getName() { return "sq" + super.getName(); }
}

class Canvas {
    private final List<Shape> shapes = new ArrayList<>();
    private Shape largest;

    Canvas add(Shape... more) {
        for (Shape shape : more) {
            shapes.add(shape);
            if (largest == null || shape.largerThan(largest)) largest = shape;
        }
        return this;
    }
    Canvas add(String name) { return add(Shape.create(name)); }
    double total() { return shapes.stream().mapToDouble(Shape::area).sum(); }
    void print() {
        shapes.sort(Comparator.comparingDouble(Shape::area));
        Iterator<Shape> it = shapes.iterator();
        while (it.hasNext()) {
            Shape shape = it.next();
            System.out.println(shape.describe());
        }
        System.out.println(largest.getName());
    }
    public static void main(String[] args) {
        new Canvas().add("circle").add(new Circle(2), new Square(3)).print();
        Canvas canvas = new Canvas();
        canvas.add("square").total();
        ((Circle) Shape.create("circle")).describe();
    }
}
