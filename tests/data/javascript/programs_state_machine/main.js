const states = {
  idle: { enter() { return ready(); }, next: 'busy' },
  busy: { enter() { return work(); }, next: 'idle' },
};
function ready() { return 'r'; }
function work() { return 'w'; }
class Machine {
  #current = 'idle';
  get state() { return states[this.#current]; }
  #move(name) { this.#current = name; this.state.enter(); }
  step() { this.#move(this.state.next); }
  static create() { const m = new this(); m.step(); return m; }
}
Machine.create().step();
