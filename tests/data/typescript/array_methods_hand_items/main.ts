import { Engine } from "./engine";
class Garage {
  engines: Engine[] = [];
  byName: Map<string, Engine> = new Map();
  all() {
    this.engines.forEach((one) => one.start());
    const started = this.engines.filter((one) => one.ready()).map((one) => one.stop());
    return started;
  }
}
async function load(): Promise<Engine> {
  return new Engine();
}
export function run() {
  load().then((engine) => engine.stop());
}
