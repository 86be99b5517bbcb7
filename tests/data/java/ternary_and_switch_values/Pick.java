interface Shape {
    void draw();
}
class Circle implements Shape {
    public void draw() {}
}
class Square implements Shape {
    public void draw() {}
}
class Pick {
    void go(boolean round) {
        Shape shape = round ? new Circle() : new Square();
        shape.draw();
        var other = switch (1) {
            case 1 -> new Circle();
            default -> new Square();
        };
        other.draw();
    }
}
