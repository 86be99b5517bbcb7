export abstract class Item {
  static count = 0;
  protected name: string;
  #secret = 1;
  constructor(name: string) {
    this.name = name;
    Item.count += 1;
    Item.register(this);
  }
  static register(item: Item): void {}
  abstract price(): number;
  get label(): string {
    return this.describe() + this.#hidden();
  }
  set label(value: string) {
    this.name = value;
  }
  describe(): string {
    return this.name;
  }
  #hidden(): number {
    return this.#secret;
  }
}
export class Book extends Item {
  constructor(title: string, private pages: number) {
    super(title);
  }
  price(): number {
    return this.pages;
  }
  describe(): string {
    return super.describe() + this.price();
  }
}
