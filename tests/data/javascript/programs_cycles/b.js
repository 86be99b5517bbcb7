const a = require('./a');
exports.next = function (n) { a.tick(); return a.start(n); };
exports.name = name;
function name() { return 'b'; }
