class Button {
  static instances = [];
  static #count = 0;
  onClick = () => this.press();
  handlers = { click: this.onClick, key: (e) => this.type(e) };
  label = makeLabel();
  static create(...args) { const b = new Button(...args); Button.#track(b); return b; }
  static #track(b) { this.instances.push(b); Button.#count++; }
  press() { return this.#render(); }
  type(e) {}
  #render() { return this.label; }
  fire(name) { return this.handlers[name]({}); }
}
function makeLabel() { return 'x'; }
const button = Button.create();
button.onClick();
button.fire('click');
Button.instances[0].press();
const { onClick } = button;
onClick();
