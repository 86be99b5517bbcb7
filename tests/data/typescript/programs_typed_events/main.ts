type Listener<T> = (event: T) => void;
class Emitter<Events extends Record<string, any>> {
  private listeners: { [K in keyof Events]?: Listener<Events[K]>[] } = {};
  on<K extends keyof Events>(name: K, fn: Listener<Events[K]>): this { (this.listeners[name] ??= []).push(fn); return this; }
  emit<K extends keyof Events>(name: K, event: Events[K]): void { this.listeners[name]?.forEach((fn) => fn(event)); }
}
class Opened { constructor(public path: string) {} base() { return this.path; } }
interface AppEvents { open: Opened; }
const emitter = new Emitter<AppEvents>();
emitter.on('open', (e) => e.base()).on('open', audit);
function audit(e: Opened) { e.base(); }
emitter.emit('open', new Opened('x'));
