class Observable {
  constructor() { this.handlers = []; }
  subscribe(fn) { this.handlers.push(fn); return () => { this.handlers = this.handlers.filter((h) => h !== fn); }; }
  notify(value) { for (const h of this.handlers) h(value); }
}
function log(v) { return format(v); }
function format(v) { return `<${v}>`; }
const store = new Observable();
const stop = store.subscribe(log);
store.subscribe((v) => format(v));
store.notify(3);
stop();
store.notify(4);
