let impl;
function getImpl() { return impl || (impl = createImpl()); }
function createImpl() { return { go() { return step(); } }; }
function step() {}
getImpl().go();
const lazy = { get db() { const db = connect(); Object.defineProperty(this, 'db', { value: db }); return db; } };
function connect() { return new Db(); }
class Db { query() { return step(); } }
lazy.db.query();
const once = (f) => { let r, ran = false; return () => { if (!ran) { r = f(); ran = true; } return r; }; };
const init = once(() => connect());
init().query();
