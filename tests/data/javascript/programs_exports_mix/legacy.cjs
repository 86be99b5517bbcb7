const helper = () => fix();
function fix() {}
module.exports = { named: helper, tools: { fix } };
