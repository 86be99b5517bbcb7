function makeCounter(step = defaultStep) {
  let n = 0;
  const self = {
    next() { n += step(); return self; },
    peek: () => n,
  };
  return self;
}
function defaultStep() { return 1; }
const c = makeCounter();
c.next().next().peek();
const d = makeCounter(() => 5);
d.next();
const makers = [];
for (let i = 0; i < 2; i++) makers.push(() => i);
makers.map((m) => m());
