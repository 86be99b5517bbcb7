class Range {
  constructor(n) { this.n = n; }
  [Symbol.iterator]() { return new RangeIterator(this.n); }
  *evens() { for (const x of this) if (isEven(x)) yield x; }
}
class RangeIterator {
  constructor(n) { this.i = 0; this.n = n; }
  next() { return this.i < this.n ? { value: this.i++, done: false } : { done: true, value: undefined }; }
}
function isEven(x) { return x % 2 === 0; }
const r = new Range(4);
for (const x of r) console.log(x);
for (const e of r.evens()) console.log(e);
const all = [...r];
