const bus = require('./bus');
require('./listeners');
bus.emit('save', 1);
bus.once('end', () => finish());
bus.emit('end');
function finish() {}
