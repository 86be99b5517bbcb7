function Person(name) {
  this.name = name;
}
Person.prototype.greet = function () {
  this.shout();
};
Person.prototype.shout = function () {};
Person.create = function () {
  return new Person("a");
};
const p = new Person("b");
p.greet();
Person.create().shout();
