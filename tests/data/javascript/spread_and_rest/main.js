function a() {}
function b() {}
function all(...fns) {
  fns.forEach((fn) => fn());
}
const list = [a, b];
all(...list);
const merged = { ...{ a }, b };
merged.a();
