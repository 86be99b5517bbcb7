exports.b1 = function () { return exports.b2(); };
exports.b2 = () => module.exports.b3();
module.exports.b3 = function b3() {};
