const Animal = require('./animal');
class Dog extends Animal { sound() { return 'wuff'; } }
module.exports = Dog;
