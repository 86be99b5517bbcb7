abstract class Option<T> {
  static of<T>(value: T | null): Option<T> { return value === null ? none : new Some(value); }
  abstract map<U>(f: (v: T) => U): Option<U>;
  abstract getOrElse(f: () => T): T;
}
class Some<T> extends Option<T> {
  constructor(private readonly value: T) { super(); }
  map<U>(f: (v: T) => U): Option<U> { return new Some(f(this.value)); }
  getOrElse(): T { return this.value; }
}
class None extends Option<never> {
  map<U>(): Option<U> { return none; }
  getOrElse<T>(f: () => T): any { return f(); }
}
const none = new None();
class Cart { total() { return price(1); } }
const price = (n: number) => n;
const cart = Option.of(new Cart());
cart.map((c) => c.total()).getOrElse(() => price(0));
Option.of<Cart>(null).map((c) => c.total());
