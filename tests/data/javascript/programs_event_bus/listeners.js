const { on } = require('./bus');
on('save', function onSave(x) { persist(x); });
function persist(x) {}
