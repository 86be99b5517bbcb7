const a = require('./a');
a.start(2);
