export default () => work();
function work() {}
