const Layer = require('./layer');
module.exports = Router;
function Router() {
  if (!new.target) return new Router();
  this.stack = [];
}
['get', 'post'].forEach(function (method) {
  Router.prototype[method] = function (path, ...handlers) { handlers.forEach((h) => this.add(method, path, h)); return this; };
});
Router.prototype.add = function add(method, path, fn) { this.stack.push(new Layer(method, path, fn)); };
Router.prototype.use = function (fn) { this.add(null, null, fn); return this; };
Router.prototype.handle = function (req, res) {
  var idx = 0, stack = this.stack;
  next();
  function next() {
    var layer = stack[idx++];
    if (!layer) return;
    if (layer.match(req)) layer.run(req, res, next); else next();
  }
};
