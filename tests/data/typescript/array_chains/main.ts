class Item {
  keep() {
    return true;
  }
  child() {
    return new Child();
  }
}
class Child {
  grow() {}
}
const items = [new Item()];
items
  .filter((item) => item.keep())
  .map((item) => item.child())
  .forEach((child) => child.grow());
const found = items.find((one) => one.keep());
found?.child();
const { length, [0]: head } = items;
items.slice(1).reduce((sum, one) => sum + Number(one.keep()), 0);
