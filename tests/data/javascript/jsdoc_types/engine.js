export class Engine {
  start() {}
  stop() {}
}
