exports.trim = (s) => s.trim();
exports.upper = function (s) { return s.toUpperCase(); };
exports.exclaim = exclaim;
function exclaim(s) { return mark(s); }
function mark(s) { return s + '!'; }
