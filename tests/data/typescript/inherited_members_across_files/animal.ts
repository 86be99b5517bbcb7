export class Animal {
  constructor(public name: string) {}
  static create() {}
  speak() {
    this.eat();
  }
  eat() {}
}
