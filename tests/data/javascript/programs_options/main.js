function request(options, callback) {
  const settings = { ...defaults, ...options };
  settings.before(settings);
  settings.transport(settings, (error, data) => {
    if (error) return callback(error);
    settings.onSuccess && settings.onSuccess(data);
    callback(null, data);
  });
}
const defaults = { before() {}, transport: send, onSuccess: null };
function send(s, done) { done(null, 1); }
request({ onSuccess: celebrate }, finished);
function celebrate() {}
function finished(error, data) {}
request({ transport(s, cb) { cb(new Error('no')); } }, (e) => finished(e));
