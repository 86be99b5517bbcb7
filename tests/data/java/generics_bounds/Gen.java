interface Shape {
    double area();
}
class Box<T extends Shape & Comparable<T>> {
    private T inner;
    double size() {
        return inner.area();
    }
    <S extends Shape> double add(S one) {
        return one.area();
    }
    T get() {
        return inner;
    }
}
class Circle implements Shape {
    public double area() {
        return 1;
    }
    static double use(Box<Circle> box) {
        return box.get().area();
    }
}
