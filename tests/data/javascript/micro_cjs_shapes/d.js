exports.default = function d() { return module.exports.extra(); };
exports.extra = () => {};
