class Shape {
  constructor(n) {
    this.n = n;
  }
  area() {
    return this.n;
  }
}
module.exports = Shape;
