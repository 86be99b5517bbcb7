class PriorityQueue {
  #heap = [];
  constructor(compare = (a, b) => a.at - b.at) { this.compare = compare; }
  push(x) { this.#heap.push(x); this.#up(); }
  pop() { const x = this.#heap.shift(); this.#down(); return x; }
  #up() { this.#heap.sort(this.compare); }
  #down() { this.#heap.sort((a, b) => this.compare(a, b)); }
  get size() { return this.#heap.length; }
}
class Task {
  static of(fn, at) { return Object.assign(new Task(), { fn, at }); }
  run() { return this.fn(); }
}
class Scheduler {
  queue = new PriorityQueue();
  schedule = (fn, at = 0) => { this.queue.push(Task.of(fn, at)); return this; };
  run() { while (this.queue.size) this.queue.pop().run(); this.onIdle?.(); }
}
const s = new Scheduler();
s.schedule(tick, 2).schedule(() => tick());
s.onIdle = idle;
s.run();
function tick() {}
function idle() {}
