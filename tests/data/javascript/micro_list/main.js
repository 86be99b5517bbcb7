function f1() {}
function f2() {}
function f3() {}
const l = [f1, f2];
l[0]();
l[1]();
l.push(f3);
l[2]();
for (let i = 0; i < l.length; i++) l[i]();
const [h, ...t] = l;
h();
t[0]();
l.map((f) => f());
l.concat([f3]).forEach(run);
function run(f) { f(); }
l.at(-1)();
[f1][0]();
const grid = [[f1], [f2]];
grid[1][0]();
Array.of(f3)[0]();
