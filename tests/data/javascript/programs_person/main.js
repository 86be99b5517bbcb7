function Person(name) {
  this.name = name;
  this.greet = function (other) { return this.hello() + other.hello(); };
  this.hello = () => lower(name);
}
function lower(s) { return s.toLowerCase(); }
var ann = new Person('A'), bob = new Person('B');
ann.greet(bob);
var greet = ann.greet;
greet.call(bob, ann);
var copy = Object.create(ann);
copy.hello();
