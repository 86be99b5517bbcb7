var math = (module.exports = {});
math.add = function (a, b) { return a + b; };
