import { Engine } from "./engine";
import type { Maker } from "./maker";

class Car {
  private engine: Engine;
  spare = new Engine();
  constructor(engine: Engine, private maker: Maker) {
    this.engine = engine;
  }
  drive() {
    this.engine.start();
    this.spare.stop();
    this.maker.make().start();
  }
}
function build(): Car {
  return new Car(new Engine(), null!);
}
function run(engine?: Engine | null, list: Engine[] = []) {
  engine?.start();
  engine!.stop();
  const car = build();
  car.drive();
  (engine as Engine).start();
  for (const each of list) {
    each.stop();
  }
}
