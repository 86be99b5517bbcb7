class Temp {
  constructor(c) { this._c = c; }
  get celsius() { return this._c; }
  set celsius(v) { this._c = check(v); }
  get fahrenheit() { return convert(this.celsius); }
  static get zero() { return new Temp(0); }
}
function check(v) { return v; }
function convert(c) { return c * 2; }
const t = Temp.zero;
t.celsius = 5;
const f = t.fahrenheit;
const box = { get value() { return check(1); }, set value(v) { convert(v); } };
box.value = box.value;
