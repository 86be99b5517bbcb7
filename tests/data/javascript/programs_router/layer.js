module.exports = Layer;
function Layer(method, path, fn) { this.method = method; this.path = path; this.fn = fn; }
Layer.prototype = { match(req) { return !this.path || (this.path === req.url && this.method === req.method.toLowerCase()); } };
Layer.prototype.run = function (req, res, next) { try { this.fn(req, res, next); } catch (e) { next(e); } };
