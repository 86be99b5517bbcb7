class Base {
  hook() {}
}
class Store extends Base {
  static #count = 0;
  items = [];
  handler = () => this.hook();
  static make() {
    Store.#count++;
    return new this();
  }
  get size() {
    return this.items.length;
  }
}
Store.make().handler();
