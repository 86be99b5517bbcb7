const createApp = require('./app');
const plugins = require('./plugins');
const app = createApp();
app.use(plugins.auth, { key: 1 });
app.use(plugins.cache);
app.use({ install: (a) => a.provide('x', make) });
app.start();
function make() { return 1; }
