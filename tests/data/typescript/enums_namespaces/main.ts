export enum Color {
  Red,
  Green = "g",
}
export const enum Level {
  Low = 1,
}
export namespace Geometry {
  export function area(): number {
    return helper();
  }
  function helper(): number {
    return 1;
  }
  export class Box {
    open() {}
  }
  export namespace Inner {
    export function deep() {}
  }
}
declare module "external" {
  export function ambient(): void;
}
export function paint(color: Color) {
  Geometry.area();
  new Geometry.Box().open();
  Geometry.Inner.deep();
  return color === Color.Red;
}
