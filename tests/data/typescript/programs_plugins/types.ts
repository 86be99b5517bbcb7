export interface Context { verbose: boolean; }
export interface Plugin { name: string; run(context: Context): void; }
export abstract class BasePlugin implements Plugin {
  abstract name: string;
  run(context: Context): void { this.before?.(context); this.execute(context); }
  protected before?(context: Context): void;
  protected abstract execute(context: Context): void;
}
