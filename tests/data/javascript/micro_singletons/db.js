class Db { connect() { return this; } query(s) { return this.run(s); } run() {} }
module.exports = new Db();
