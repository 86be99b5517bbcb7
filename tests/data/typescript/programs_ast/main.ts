export type Expr = Num | Bin;
export class Num { readonly kind = 'num' as const; constructor(public value: number) {} accept<R>(v: Visitor<R>): R { return v.visitNum(this); } }
export class Bin { readonly kind = 'bin' as const; constructor(public op: string, public left: Expr, public right: Expr) {} accept<R>(v: Visitor<R>): R { return v.visitBin(this); } }
export interface Visitor<R> { visitNum(n: Num): R; visitBin(b: Bin): R; }
class Evaluator implements Visitor<number> {
  private static ops: { [op: string]: (a: number, b: number) => number } = { '+': plus, '*': (a, b) => a * b };
  visitNum(n: Num) { return n.value; }
  visitBin(b: Bin): number { return Evaluator.ops[b.op](b.left.accept(this), b.right.accept(this)); }
}
function plus(a: number, b: number) { return a + b; }
class Printer implements Visitor<string> {
  visitNum({ value }: Num) { return fmt(value); }
  visitBin(b: Bin) { return [b.left, b.right].map((e) => e.accept(this)).join(b.op); }
}
const fmt = (n: number) => String(n);
function walk(e: Expr, fn: (e: Expr) => void): void { fn(e); if (e.kind === 'bin') { walk(e.left, fn); walk(e.right, fn); } }
const tree: Expr = new Bin('+', new Num(1), new Bin('*', new Num(2), new Num(3)));
tree.accept(new Evaluator());
tree.accept(new Printer());
walk(tree, (e) => { if (e instanceof Num) e.accept(new Printer()); });
