interface Shape {
  area(): number;
}
const pick = <T extends Shape>(shape: T): number => shape.area();
export const run = () => pick({ area: () => 1 });
