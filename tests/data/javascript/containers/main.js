function a() {}
function b() {}
const table = { one: a };
table.two = b;
const list = [a, b];
table.one();
table["two"]();
list[0]();
