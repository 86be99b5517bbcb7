function log() {}
function outer() {
  function log() {}
  const inner = () => {
    log();
  };
  inner();
  return inner;
}
function other(log: () => void) {
  log();
}
function block() {
  {
    const log = () => {};
    log();
  }
  log();
}
outer()();
