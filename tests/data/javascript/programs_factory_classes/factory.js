const Dog = require('./dog');
const Cat = require('./cat');
const types = { dog: Dog, cat: Cat };
function create(kind) {
  const Type = types[kind];
  return new Type();
}
exports.create = create;
exports.types = types;
