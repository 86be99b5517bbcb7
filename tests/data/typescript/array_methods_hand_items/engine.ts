export class Engine {
  start() {}
  stop() {}
  ready() {
    return true;
  }
}
