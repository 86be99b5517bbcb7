class App {
  constructor() { this.stack = []; }
  use(fn) { this.stack.push(fn); return this; }
  handle(ctx) {
    const dispatch = (i) => {
      const fn = this.stack[i];
      if (!fn) return null;
      return fn(ctx, () => dispatch(i + 1));
    };
    return dispatch(0);
  }
}
function logger(ctx, next) { note(ctx); return next(); }
function note(ctx) {}
const app = new App();
app.use(logger).use((ctx, next) => { ctx.ok = true; return next(); });
app.use(respond);
function respond(ctx) { return ctx; }
app.handle({});
