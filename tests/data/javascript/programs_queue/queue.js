export class Queue {
  #items = [];
  drain = null;
  constructor({ concurrency = 1, worker }) { this.concurrency = concurrency; this.worker = worker; }
  push(item, callback = noop) { this.#items.push({ item, callback }); this.#schedule(); return this; }
  #schedule() { setTimeout(() => this.#run(), 0); }
  async #run() {
    const { item, callback } = this.#items.shift();
    try { await this.worker(item); } catch (e) { callback(e); }
  }
  finish() { if (this.drain) this.drain(); }
}
function noop() {}
