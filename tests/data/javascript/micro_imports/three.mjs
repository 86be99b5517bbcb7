export const deep = { call() { return leaf(); } };
function leaf() {}
