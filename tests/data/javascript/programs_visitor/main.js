class Node { accept(v) { return v['visit' + this.constructor.name](this); } }
class Num extends Node { constructor(n) { super(); this.n = n; } }
class Add extends Node { constructor(l, r) { super(); this.l = l; this.r = r; } }
class Printer {
  visitNum(node) { return this.emit(node.n); }
  visitAdd(node) { return node.l.accept(this) + node.r.accept(this); }
  emit(x) { return String(x); }
}
const tree = new Add(new Num(1), new Num(2));
tree.accept(new Printer());
