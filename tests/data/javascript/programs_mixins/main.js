const Serializable = (Base) => class extends Base {
  serialize() { return encode(this.data()); }
};
const Comparable = (Base) => class extends Base {
  compare(other) { return this.data() - other.data(); }
};
class Point { constructor(x) { this.x = x; } data() { return this.x; } }
class Rich extends Serializable(Comparable(Point)) {
  data() { return super.data() + 1; }
}
function encode(v) { return JSON.stringify(v); }
const p = new Rich(2);
p.serialize();
p.compare(p);
const helper = { greet() { return encode(this.name); } };
Object.assign(Point.prototype, helper);
p.greet();
