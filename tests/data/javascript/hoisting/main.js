run();
function run() {
  return later();
  var later = function () {};
}
var late = 1;
if (late) {
  function inner() {}
  var assigned = inner;
}
assigned();
