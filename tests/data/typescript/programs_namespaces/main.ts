namespace Geometry {
  export interface Shape { area(): number; }
  export class Square implements Shape { constructor(private s: number) {} area() { return sq(this.s); } }
  function sq(n: number) { return n * n; }
  export namespace Util { export function total(shapes: Shape[]) { return shapes.reduce((a, s) => a + s.area(), 0); } }
  export const unit = () => new Square(1);
}
namespace Geometry { export function twice(s: Shape) { return s.area() * 2; } }
import U = Geometry.Util;
U.total([Geometry.unit(), new Geometry.Square(2)]);
Geometry.twice(Geometry.unit());
