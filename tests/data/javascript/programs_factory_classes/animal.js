class Animal { constructor() { this.setup(); } setup() {} speak() { return this.sound(); } }
module.exports = Animal;
