import { Task } from "./base";
class Print extends Task {
  work() {
    this.print();
  }
  print() {}
}
new Print().run();
