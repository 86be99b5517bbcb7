function one() { return Promise.resolve(two); }
function two() { return three; }
function three() {}
one().then((f) => f()).then((g) => g());
one().then(run, fail).catch(fail).finally(end);
function run(f) { return f(); }
function fail() {}
function end() {}
async function main() { const f = await one(); const g = await f(); g(); return g; }
main().then(three);
Promise.all([one(), main()]).then(([x, y]) => { x(); y(); });
const p = new Promise(function (res, rej) { later(res); });
function later(cb) { cb(two); }
p.then((f) => f());
Promise.race([one()]).then((w) => w());
