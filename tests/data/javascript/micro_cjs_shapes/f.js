var f = exports;
f.init = function () { return this.self(); };
f.self = function () { return f; };
f.next = () => {};
