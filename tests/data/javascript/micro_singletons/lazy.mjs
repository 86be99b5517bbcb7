class Lazy { run() { return go(); } }
function go() {}
export default new Lazy();
