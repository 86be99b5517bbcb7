import * as geo from "./geo/shapes";
export function area() {
  const shape = new geo.Circle(2);
  return geo.measure(shape) + shape.radius();
}
