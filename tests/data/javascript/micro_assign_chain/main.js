function a() {}
function b() {}
let x = a;
let y = x;
y();
x = b;
x();
y();
let p, q;
p = q = b;
p();
q();
let [m, n = a] = [b];
m();
n();
({ k: x } = { k: a });
x();
let u = a || b;
u();
let w = null ?? b;
w();
u &&= b;
u();
