class Engine {
  start() {
    return new Wheel();
  }
  stop() {}
}
class Wheel {
  turn() {}
}
async function load(): Promise<Engine> {
  return new Engine();
}
function plain() {
  return new Engine();
}
load()
  .then((engine) => engine.start())
  .then((wheel) => wheel.turn())
  .finally(() => plain().stop());
export const all = async () => {
  const engines = await Promise.all([load(), load()]);
  engines[0].stop();
};
