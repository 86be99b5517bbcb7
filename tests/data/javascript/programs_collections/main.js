class Task { constructor(n, run) { this.n = n; this.run = run; } execute() { return this.run(this.n); } }
const byName = new Map([['a', new Task(1, twice)], ['b', new Task(2, (x) => x)]]);
byName.set('c', new Task(3, twice));
function twice(n) { return n * 2; }
byName.get('a').execute();
for (const [name, task] of byName) task.execute();
byName.forEach((task, name) => task.execute());
const set = new Set([twice, half]);
function half(n) { return n / 2; }
for (const f of set) f(1);
const stack = [];
stack.push(new Task(4, half));
while (stack.length) stack.pop().execute();
const grouped = [...byName.values()].reduce((acc, t) => { (acc[t.n] = acc[t.n] || []).push(t); return acc; }, {});
for (const key in grouped) grouped[key].forEach((t) => t.execute());
const weak = new WeakMap();
weak.set(grouped, twice);
weak.get(grouped)(2);
