module.exports = (name) => ({ run() { return log(name); } });
const log = (x) => x;
