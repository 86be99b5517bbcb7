const util = require("util");
function Animal() {}
Animal.prototype.eat = function () {};
function Dog() {
  Animal.call(this);
}
util.inherits(Dog, Animal);
Dog.prototype.bark = function () {
  this.eat();
};
new Dog().bark();
