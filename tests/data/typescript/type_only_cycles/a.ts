import type { B } from "./b";
export class A {
  b?: B;
  run() {
    this.b?.run();
  }
}
