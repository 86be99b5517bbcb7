const { EventEmitter } = require("events");
class Bus extends EventEmitter {
  publish() {
    this.emit("x");
  }
}
function listener() {}
new Bus().on("x", listener);
