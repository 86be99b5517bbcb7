export class Timer {
  static create() {
    return new Timer();
  }
  start() {}
  stop() {}
}
