import { Client, type Interceptor } from './client';
import { ApiError } from './errors';
import retry from './retry';
const addToken: Interceptor = { request: (r) => r.with('auth', token()) };
const client = new Client('http://x', [addToken]).useInterceptor({ request(r) { return log(r); } });
function token() { return 't'; }
function log<T>(x: T): T { return x; }
async function run(): Promise<void> {
  try {
    const user = await retry(() => client.get<User>('/user', User.parse), 3);
    user.rename('x');
  } catch (error) {
    if (error instanceof ApiError && error.isRetryable()) handle(error);
  }
}
class User { constructor(private name: string) {} static parse(raw: any): User { return new User(raw.name); } rename(n: string) { this.name = clean(n); } }
const clean = (n: string) => n.trim();
function handle(e: ApiError) { return e.describe(); }
run().finally(() => client.close());
