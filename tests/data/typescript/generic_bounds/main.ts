interface Shape {
  area(): number;
}
class Square implements Shape {
  area() {
    return 1;
  }
}
function biggest<T extends Shape>(shapes: T[]): T {
  return shapes[0];
}
export function measure<S extends Shape = Square>(shape: S) {
  return shape.area();
}
type Boxed<T extends Shape> = { inner: T };
