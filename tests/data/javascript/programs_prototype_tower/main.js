function Shape(name) { this.name = name; this.init(); }
Shape.prototype.init = function () {};
Shape.prototype.describe = function () { return this.label() + this.area(); };
Shape.prototype.label = function () { return this.name; };
function Circle(r) { Shape.call(this, 'circle'); this.r = r; }
Circle.prototype = Object.create(Shape.prototype);
Circle.prototype.constructor = Circle;
Circle.prototype.area = function () { return square(this.r) * 3; };
Circle.prototype.label = function () { return 'O' + Shape.prototype.label.call(this); };
Circle.unit = function () { return new Circle(1); };
function square(x) { return x * x; }
var c = Circle.unit();
c.describe();
