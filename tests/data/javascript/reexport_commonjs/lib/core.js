exports.create = function () {
  return new Thing();
};
class Thing {
  go() {}
}
