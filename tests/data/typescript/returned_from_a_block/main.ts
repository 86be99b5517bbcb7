class Engine {
  start() {}
}
function make(flag: boolean) {
  if (flag) {
    const engine = new Engine();
    return engine;
  }
  return null;
}
make(true)!.start();
let later: Engine | undefined;
function init() {
  const made = new Engine();
  later = made;
}
init();
later!.start();
