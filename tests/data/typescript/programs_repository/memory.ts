import { Entity, Repository } from './types';
export class MemoryRepository<T extends Entity> implements Repository<T> {
  private items = new Map<number, T>();
  save(one: T): T { this.items.set(one.id, one); return one; }
  list(): T[] { return [...this.items.values()]; }
}
