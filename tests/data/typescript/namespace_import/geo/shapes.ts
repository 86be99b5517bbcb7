export class Circle {
  constructor(private readonly r: number) {}
  radius(): number {
    return this.r;
  }
}
export function measure(shape: Circle): number {
  return shape.radius();
}
