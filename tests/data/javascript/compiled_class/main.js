var Animal = /** @class */ (function () {
  function Animal(name) {
    this.name = name;
  }
  Animal.prototype.move = function () {
    this.step();
  };
  Animal.prototype.step = function () {};
  return Animal;
})();
var Plant = function () {};
Plant.prototype.grow = function () {};
new Animal("a").move();
new Plant().grow();
