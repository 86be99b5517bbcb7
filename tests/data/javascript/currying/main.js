const add = (a) => (b) => (c) => finish(a, b, c);
function finish() {}
add(1)(2)(3);
const one = add(1);
one(2);
