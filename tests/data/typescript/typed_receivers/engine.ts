export class Engine {
  start() {}
  stop() {}
}
export class Other {
  start() {}
  stop() {}
}
