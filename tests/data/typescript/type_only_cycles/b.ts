import { A } from "./a";
export class B {
  a = new A();
  run() {
    this.a.run();
  }
}
