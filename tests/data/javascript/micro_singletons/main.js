const db = require('./db');
const { cache, Cache } = require('./cache');
const log = require('./log').child('x');
db.connect().query('a');
cache.get('k');
Cache.shared().get('j');
log.info('m');
(async () => { const { default: lazy } = await import('./lazy.mjs'); lazy.run(); })();
import('./lazy.mjs').then((m) => m.default.run());
