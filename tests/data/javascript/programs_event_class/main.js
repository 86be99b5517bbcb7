const EventEmitter = require('events');
class Job extends EventEmitter {
  constructor(task) { super(); this.task = task; this.on('done', this.onDone); }
  run() { const value = this.task(); this.emit('done', value); return this; }
  onDone(value) { archive(value); }
}
function archive(v) {}
function task() { return 1; }
const job = new Job(task);
job.on('done', (v) => report(v));
job.once('done', function handler() { report(0); });
function report(v) {}
job.run();
