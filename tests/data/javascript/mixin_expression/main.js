const Mixin = (Base) =>
  class extends Base {
    mixed() {}
  };
class Plain {
  plain() {}
}
class Both extends Mixin(Plain) {
  run() {
    this.plain();
  }
}
