const RUN = 'run';
const kind = Symbol('kind');
const METHODS = { GET: 'get', POST: 'post' };
const handlers = {
  [RUN]() { return base(); },
  [kind]: () => 1,
  [METHODS.GET]: function () { return base(); },
  'with-dash'() {},
};
function base() {}
handlers.run();
handlers[RUN]();
handlers[kind]();
handlers[METHODS.GET]();
handlers['with-dash']();
class Dyn { ['say' + 'Hi']() {} static [RUN]() { return base(); } }
Dyn.run();
Dyn[RUN]();
