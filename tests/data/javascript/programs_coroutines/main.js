function* tasks() { const a = yield fetchOne(); yield* more(a); return finish(); }
function* more(x) { yield () => x; }
function fetchOne() { return 1; }
function finish() {}
function run(gen) {
  const it = gen();
  let step = it.next();
  while (!step.done) { if (typeof step.value === 'function') step.value(); step = it.next(step.value); }
}
run(tasks);
async function* pages() { let p = 0; while (p < 2) yield page(p++); }
function page(n) { return { items: [n], print() { return show(n); } }; }
function show(n) {}
(async () => { for await (const p of pages()) p.print(); })();
