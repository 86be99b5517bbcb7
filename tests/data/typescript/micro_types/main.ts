interface Shape { area(): number }
class Sq implements Shape { constructor(private s: number) {} area() { return this.s; } }
class Ci implements Shape { area() { return 3; } radius() { return 1; } }
type Maker<T = Shape> = { make(): T; all: T[] };
const maker: Maker<Ci> = { make: () => new Ci(), all: [new Ci()] };
maker.make().radius();
maker.all[0].radius();
function first<T>(xs: T[]): T { return xs[0]; }
first([new Sq(1)]).area();
const rec: Record<string, Shape> = { a: new Sq(2) };
rec.a.area();
const opt: { shape?: Ci } = {};
opt.shape?.radius();
let un: Sq | Ci = Math.random() > 1 ? new Sq(1) : new Ci();
un.area();
if (un instanceof Ci) un.radius();
const tup: [Sq, Ci] = [new Sq(1), new Ci()];
tup[1].radius();
const ro: ReadonlyArray<Ci> = maker.all;
ro.forEach((c) => c.radius());
for (const s of [new Sq(1), new Ci()] as const) s.area();
const asserted = JSON.parse('{}') as Partial<Ci> & Shape;
async function load(): Promise<Ci> { return new Ci(); }
load().then((c) => c.radius());
(async () => (await load()).radius())();
const keyed = { sq: Sq, ci: Ci } as const;
new keyed.ci().radius();
