const withLog = (o) => ({ ...o, log() { return fmt(this.name); } });
const withRun = (o) => Object.assign({}, o, { run() { return this.log(); } });
const fmt = (s) => s;
const thing = withRun(withLog({ name: 'n', base() {} }));
thing.run();
thing.log();
thing.base();
const merged = { ...thing, base: other };
merged.base();
merged.log();
function other() {}
const { run, ...rest } = thing;
rest.log();
const copy = { ...rest };
copy.base();
const frozen = Object.freeze({ go: other });
frozen.go();
const arr = [...[other, fmt]];
arr[0]();
const fromEntries = Object.fromEntries([['x', other]]);
fromEntries.x();
class P { constructor(opts) { Object.assign(this, { hook: fmt }, opts); } fire() { return this.hook('x') + this.extra(); } }
new P({ extra: other }).fire();
