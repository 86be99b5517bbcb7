exports.auth = require('./auth');
exports.cache = require('./cache').default;
