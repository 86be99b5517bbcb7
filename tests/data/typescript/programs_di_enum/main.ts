enum Level { Low = 1, High = compute() }
function compute() { return 2; }
const handlers: Record<Level, (m: string) => void> = {
  [Level.Low]: (m) => quiet(m),
  [Level.High]: loud,
};
function quiet(m: string) {}
function loud(m: string) {}
type Handler = (m: string) => void;
class Logger {
  static #instance?: Logger;
  static get instance(): Logger { return (Logger.#instance ??= new Logger(Level.High)); }
  private constructor(private level: Level) {}
  log(m: string) { this.pick()(m); }
  private pick(): Handler { return handlers[this.level]; }
}
Logger.instance.log('x');
declare function external(x: number): Logger;
namespace Level { export function parse(s: string): Level { return s === 'l' ? Level.Low : Level.High; } }
handlers[Level.parse('l')]('m');
const typed = <T extends { log(m: string): void }>(x: T) => x.log('y');
typed(Logger.instance);
