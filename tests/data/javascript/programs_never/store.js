const save = () => {};
exports.save = save;
const open = () => {};
