function area(side: number): number;
function area(w: number, h: number): number;
function area(a: number, b?: number): number { return multiply(a, b ?? a); }
const multiply = (a: number, b: number): number => a * b;
class Box {
  put(x: string): this;
  put(x: number): this;
  put(x: unknown): this { this.store(x); return this; }
  private store(x: unknown) {}
  protected static make<T extends Box>(this: new () => T): T { return new this(); }
  static of(): Box { return Box.make(); }
}
class Crate extends Box { open() { return this.put(1); } }
area(2); area(2, 3);
Box.of().put('a').put(2);
new Crate().open().put('x');
const crate: Crate | undefined = new Crate();
crate?.open();
crate!.open();
(crate as Box).put(3);
