const fs = require('fs');
function readAll(paths, done) {
  const out = [];
  let left = paths.length;
  paths.forEach((p) => fs.readFile(p, (err, data) => { if (err) return done(err); out.push(data); if (--left === 0) done(null, out); }));
}
readAll(['a'], function (err, all) { err ? onError(err) : onAll(all); });
function onError() {}
function onAll() {}
setTimeout(tick, 10);
const timer = setInterval(() => tick(), 10);
function tick() { clearInterval(timer); }
process.on('exit', bye);
function bye() { cleanup(); }
function cleanup() {}
process.nextTick(cleanup);
queueMicrotask(() => cleanup());
const series = (tasks, cb) => { const next = (i) => (i < tasks.length ? tasks[i](() => next(i + 1)) : cb()); next(0); };
series([(n) => n(), step], bye);
function step(n) { n(); }
