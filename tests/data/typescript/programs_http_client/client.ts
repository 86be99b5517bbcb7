import { ApiError } from './errors';
export class Request { private headers: Record<string, string> = {}; constructor(readonly url: string) {} with(k: string, v: string): this { this.headers[k] = v; return this; } }
export interface Interceptor { request(r: Request): Request; }
export class Client {
  private open = true;
  constructor(private readonly base: string, private interceptors: Interceptor[] = []) {}
  useInterceptor(i: Interceptor): this { this.interceptors.push(i); return this; }
  async get<T>(path: string, parse: (raw: unknown) => T): Promise<T> {
    let request = new Request(this.resolve(path));
    for (const interceptor of this.interceptors) request = interceptor.request(request);
    const raw = await this.send(request);
    return parse(raw);
  }
  private resolve(path: string) { return this.base + path; }
  private async send(r: Request) { if (!this.open) throw new ApiError(0); return { name: r.url }; }
  close() { this.open = false; }
}
