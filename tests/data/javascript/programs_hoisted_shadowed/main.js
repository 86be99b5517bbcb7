early();
function early() { return helper(); }
function helper() { return 1; }
var late = function () { return 'l'; };
late();
function outer(helper) {
  helper();
  { const early = () => 2; early(); }
  early();
  function inner() { return helper(); }
  return inner;
}
outer(late)();
if (true) { function maybe() { return 3; } maybe(); }
maybe();
