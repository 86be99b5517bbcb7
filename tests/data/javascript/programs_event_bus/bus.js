const listeners = new Map();
function on(event, fn) {
  if (!listeners.has(event)) listeners.set(event, []);
  listeners.get(event).push(fn);
}
function off(event, fn) { const l = listeners.get(event); l.splice(l.indexOf(fn), 1); }
function once(event, fn) {
  const wrapper = (...args) => { off(event, wrapper); fn(...args); };
  on(event, wrapper);
}
function emit(event, ...args) { (listeners.get(event) || []).forEach((fn) => fn(...args)); }
module.exports = { on, off, once, emit };
