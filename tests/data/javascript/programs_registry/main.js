const registry = {};
function register(name, fn) { registry[name] = fn; }
function run(name, ...args) { return registry[name](...args); }
function add(a, b) { return a + b; }
function neg(a) { return -a; }
register('add', add);
register('neg', neg);
console.log(run('add', 1, 2), run('neg', 3));
function unused() { return 1; }
