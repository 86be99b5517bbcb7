const Plain = class {
  plain() {}
};
const Named = class Inner {
  make() {
    return new Inner();
  }
};
type Ctor<T = {}> = new (...args: any[]) => T;
function Timed<TBase extends Ctor>(Base: TBase) {
  return class extends Base {
    now() {}
  };
}
class Clock extends Timed(Plain) {
  tick() {
    this.now();
    this.plain();
  }
}
new Plain().plain();
new Named().make();
