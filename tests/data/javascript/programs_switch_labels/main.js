function handle(action) {
  switch (action.type) {
    case 'add': { const apply = () => add(action); return apply(); }
    case 'del': return remove(action);
    default: return missing?.(action) ?? ignore();
  }
}
const add = (a) => a, remove = function del(a) { return a.again ? del({}) : a; };
let missing;
function ignore() {}
const reducers = [handle, (a) => a];
const root = (a) => reducers.reduce((x, r) => r(x), a);
root({ type: 'add' });
handle({ type: 'del', again: true });
handle({});
outer: for (const r of reducers) { for (;;) { r({}); continue outer; } }
do { setup(); } while (check());
function setup() {}
function check() { return false; }
(0, ignore)();
void (function () { setup(); })();
!function () { check(); }();
new (class { constructor() { setup(); } })();
