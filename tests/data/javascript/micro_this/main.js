const obj = {
  name: 'o',
  regular() { return this.helper(); },
  arrow: () => obj.helper(),
  helper() {},
  nested() { const self = this; [1].forEach(function () { self.helper(); }); [1].forEach(() => this.helper()); setTimeout(function () { this.helper(); }.bind(this)); },
};
obj.regular();
obj.arrow();
obj.nested();
function Outer() {
  var that = this;
  this.ping = function () { that.pong(); };
  this.pong = function () {};
  function inner() { that.ping(); }
  inner();
}
new Outer().ping();
const o2 = { __proto__: obj, own() { return super.regular(); } };
o2.own();
o2.helper();
Object.setPrototypeOf(o3(), obj);
function o3() { return {}; }
