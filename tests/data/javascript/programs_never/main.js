const { save } = require('./store');
const other = require('missing-package');
class A { save() {} open() {} }
class B { save() {} close() {} }
function open() {}
save();
other.open();
other.A.open();
(function (x) { x.save(); })(other);
function f(cb) { cb.open(); }
f(new A());
window.open();
JSON.parse('{}').close();
[1, 2].close();
undefined_name();
const save2 = save;
save2();
