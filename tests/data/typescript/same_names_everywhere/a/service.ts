export class Service {
  run() {}
}
export const start = () => new Service().run();
