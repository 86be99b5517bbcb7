function one() {}
class Two { go() {} }
module.exports = { one, Two };
