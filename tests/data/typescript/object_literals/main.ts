function onSave() {}
const handlers = {
  click() {
    this.reset();
  },
  reset: () => {},
  save: onSave,
  nested: {
    deep() {},
  },
};
handlers.click();
handlers.reset();
handlers["save"]();
handlers.nested.deep();
