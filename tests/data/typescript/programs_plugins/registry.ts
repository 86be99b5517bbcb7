import type { Context, Plugin } from './types';
export class Registry {
  private readonly plugins: Map<string, Plugin> = new Map();
  register(plugin: Plugin): void { this.plugins.set(plugin.name, plugin); }
  find(name: string): Plugin | undefined { return this.plugins.get(name); }
  runAll(context: Context): void { for (const p of this.plugins.values()) p.run(context); }
}
