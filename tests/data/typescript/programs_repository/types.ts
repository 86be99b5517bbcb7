export interface Entity { id: number; }
export class User implements Entity {
  constructor(public readonly id: number, private name: string) {}
  greet(): string { return hello(this.name); }
}
function hello(n: string) { return n; }
export interface Repository<T extends Entity> { save(one: T): T; list(): T[]; }
