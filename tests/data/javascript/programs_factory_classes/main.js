const { create, types } = require('./factory');
const a = create('dog');
a.speak();
create('cat').speak();
new types.dog().speak();
