var app = (exports = module.exports = {});
app.init = function init() {
  this.setup();
};
app.setup = function () {
  helper();
};
function helper() {}
