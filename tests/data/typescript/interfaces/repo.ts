export interface Entity {
  id: string;
}
export interface Repo<T extends Entity> {
  find(id: string): T;
  size: number;
}
export type Finder = (id: string) => Entity;
export class MemoryRepo<T extends Entity> implements Repo<T> {
  size = 0;
  find(id: string): T {
    return this.load(id);
  }
  private load(id: string): T {
    throw new Error(id);
  }
}
export interface Named extends Entity {
  name: string;
}
export function use(repo: Repo<Named>): Entity {
  return repo.find("a");
}
