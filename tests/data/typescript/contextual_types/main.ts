import { Engine } from "./engine";
type Handler = (engine: Engine) => void;
interface Visitor {
  (engine: Engine): void;
}
function each(engines: Engine[], visit: (one: Engine, at: number) => void) {
  for (const one of engines) visit(one, 0);
}
function on(handler: Handler) {}
function see(visitor: Visitor) {}
each([], (one) => one.start());
on((engine) => engine.stop());
see((engine) => engine.start());
