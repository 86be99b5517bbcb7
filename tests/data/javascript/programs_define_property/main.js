const box = {};
Object.defineProperty(box, 'open', { value: function () { return lift(); } });
Object.defineProperty(box, 'size', { get() { return measure(); }, set: function (v) { store(v); } });
Object.defineProperties(box, { close: { value: shut } });
function lift() {}
function measure() { return 1; }
function store(v) {}
function shut() {}
box.open();
box.size = box.size + 1;
box.close();
class Meta {}
Meta.prototype.tag = tag;
Object.defineProperty(Meta.prototype, 'label', { get: function () { return tag(); } });
function tag() { return 't'; }
const m = new Meta();
m.tag();
m.label;
