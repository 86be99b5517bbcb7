module.exports = function createApp() {
  const installed = new Set();
  const provided = {};
  const app = {
    use(plugin, ...options) {
      if (installed.has(plugin)) return app;
      installed.add(plugin);
      if (typeof plugin === 'function') plugin(app, ...options);
      else plugin.install(app, ...options);
      return app;
    },
    provide(key, factory) { provided[key] = factory; },
    start() { return Object.keys(provided).map((key) => provided[key]()); },
  };
  return app;
};
