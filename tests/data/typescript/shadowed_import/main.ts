import { run } from "./run";
export function one(run: () => void) {
  run();
}
export function two() {
  const run = () => {};
  run();
}
export function three() {
  run();
}
