const Animal = require('./animal');
module.exports = class extends Animal { sound() { return 'meow'; } setup() { super.setup(); } };
