class Item {
  show() {}
}
function* make() {
  yield new Item();
  yield* more();
}
function* more() {
  yield new Item();
}
for (const item of make()) item.show();
const [first] = make();
first.show();
