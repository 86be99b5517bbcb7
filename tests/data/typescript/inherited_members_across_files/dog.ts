import { Animal } from "./animal";
export class Dog extends Animal {
  speak() {
    this.sound();
    super.speak();
  }
  sound() {}
}
