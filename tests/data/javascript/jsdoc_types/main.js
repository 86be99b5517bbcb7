import { Engine } from "./engine.js";
/**
 * @param {Engine} engine
 * @param {import("./engine.js").Engine[]} all
 * @param {Engine[]} some
 */
export function run(engine, all, some) {
  engine.start();
  for (const one of some) one.stop();
}
/** @returns {Promise<Engine>} */
async function load() {
  return JSON.parse("{}");
}
async function go() {
  const engine = await load();
  engine.stop();
}
