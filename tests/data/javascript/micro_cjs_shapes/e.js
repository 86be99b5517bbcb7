const e = (module.exports = function e() { return e.helper(); });
e.helper = helper;
function helper() {}
