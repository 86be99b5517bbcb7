import type { Handler } from './types';
import { routes, type Route } from './routes';
const table = { home: () => home(), about } satisfies Record<string, Handler>;
function home() {}
function about() {}
table.home();
table['about']();
type Keys = keyof typeof table;
const key: Keys = 'home';
table[key]();
for (const route of routes) route.handler();
const find = (name: string): Route | undefined => routes.find((r) => r.is(name));
find('x')?.handler();
class Box<T> { #v?: T; constructor(private make: () => T) {} get value(): T { return (this.#v ??= this.make()); } map<U>(f: (x: T) => U): Box<U> { return new Box(() => f(this.value)); } }
class Pen { write() { return ink(); } }
function ink() {}
const box = new Box(() => new Pen());
box.value.write();
box.map((p) => p.write()).value;
apart(new Pen(), (p) => p.write());
function apart<T, R>(x: T, f: (x: T) => R): R { return f(x); }
const assertPen: (x: unknown) => asserts x is Pen = (x) => { if (!(x instanceof Pen)) throw new Error(); };
const unknownThing: unknown = new Pen();
assertPen(unknownThing);
enum Op { A = 'a' }
const ops: { [K in Op]: () => void } = { [Op.A]: ink };
ops[Op.A]();
ops.a();
export = { table };
