(function (root, factory) {
  module.exports = factory();
})(this, function () {
  function helper() {}
  return { helper: helper };
});
