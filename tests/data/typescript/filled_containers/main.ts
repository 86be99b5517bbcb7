class Listener {
  call() {}
}
class Bus {
  private listeners = [];
  private byName = new Map();
  private set = new Set();
  add(listener) {
    this.listeners.push(listener);
    this.byName.set("x", listener);
    this.set.add(listener);
  }
  fire() {
    this.listeners.forEach((one) => one.call());
    this.byName.get("x").call();
    for (const one of this.set) one.call();
  }
}
const bus = new Bus();
bus.add(new Listener());
