function a() {}
class Thing {
  go() {}
}
module.exports = {
  a,
  b: function () {},
  c() {},
  d: () => {},
  Thing,
};
