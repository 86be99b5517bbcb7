export abstract class Task {
  run() {
    this.before();
    this.work();
  }
  before() {}
  abstract work(): void;
}
