type Factory<T> = () => T;
export class Container {
  private factories: Record<string, Factory<unknown>> = {};
  private singletons = new Map<string, unknown>();
  bind<T>(key: string, make: Factory<T>): void { this.factories[key] = make; }
  get<T>(key: string): T {
    if (!this.singletons.has(key)) this.singletons.set(key, this.factories[key]());
    return this.singletons.get(key) as T;
  }
}
