const run = () => step();
function step() {}
export default run;
