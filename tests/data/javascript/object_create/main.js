const base = {
  hello() {},
};
const derived = Object.create(base);
derived.own = function () {
  this.hello();
};
derived.own();
derived.hello();
