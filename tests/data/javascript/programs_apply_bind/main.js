function greet(greeting, end) { return greeting + this.name() + end(); }
const person = { name() { return 'p'; } };
const bang = () => '!';
greet.call(person, 'hi', bang);
greet.apply(person, ['hello', () => '?']);
const bound = greet.bind(person, 'hey');
bound(bang);
const slice = Function.prototype.call.bind(Array.prototype.slice);
function Timer() { this.tick = this.tick.bind(this); this.n = 0; }
Timer.prototype.tick = function () { this.n++; this.done(); };
Timer.prototype.done = function () {};
const t = new Timer();
const tick = t.tick;
tick();
setTimeout(t.tick, 0);
