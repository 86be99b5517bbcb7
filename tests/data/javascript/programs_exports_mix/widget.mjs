class Widget { draw() { return paint(WIDTH); } }
export const WIDTH = 3;
function paint(w) {}
export { Widget as default, build };
function build(Type) { const w = new Type(); w.draw(); return w; }
