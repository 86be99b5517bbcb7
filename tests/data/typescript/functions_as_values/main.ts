type Op = (n: number) => number;
function twice(op: Op, n: number): number {
  return op(op(n));
}
function inc(n: number) {
  return n + 1;
}
const dec: Op = (n) => n - 1;
function make(): Op {
  return inc;
}
export function go() {
  twice(inc, 1);
  twice(dec, 2);
  const got = make();
  got(1);
  const alias = inc;
  alias(2);
}
