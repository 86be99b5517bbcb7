let a = function () {
  return first();
};
let b = {
  a: function () {
    return second();
  },
};
function first() {}
function second() {}
b.a();
a();
