(function () {
  helper();
})();
(() => helper())();
function helper() {}
