const Logger = require('./logger');
const { parse, format: fmt } = require('./codec');
const add = require('./math').add;
const all = require('./index');
new Logger('a').info(fmt(parse('x')));
add(1, 2);
all.math.add(1, 2);
all.Logger.create().info('b');
require('./codec').format('y');
