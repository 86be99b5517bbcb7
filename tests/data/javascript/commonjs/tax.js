exports.round = function (n) {
  return n;
};
module.exports.twice = (n) => n * 2;
function last() {}
exports.last = last;
