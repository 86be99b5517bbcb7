class Registry {
  static #items: Registry[] = [];
  static create(): Registry {
    const made = new Registry();
    this.add(made);
    return made;
  }
  static add(item: Registry) {
    Registry.#items.push(item);
  }
  use() {
    Registry.create().use();
    (this.constructor as typeof Registry).add(this);
  }
}
class Child extends Registry {
  static create() {
    return super.create();
  }
}
Child.create();
