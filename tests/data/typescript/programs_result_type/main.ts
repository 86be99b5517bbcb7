type Ok<T> = { ok: true; value: T };
type Err = { ok: false; error: Failure };
type Result<T> = Ok<T> | Err;
class Failure extends Error { constructor(readonly code: number) { super('f'); } explain(): string { return text(this.code); } }
const ok = <T,>(value: T): Result<T> => ({ ok: true, value });
const fail = (code: number): Err => ({ ok: false, error: new Failure(code) });
function text(code: number): string { return `${code}`; }
class Account { deposit(n: number) { return n; } }
function open(n: number): Result<Account> { return n > 0 ? ok(new Account()) : fail(n); }
const r = open(1);
if (r.ok) r.value.deposit(2);
else r.error.explain();
const bad = open(-1);
if (!bad.ok) bad.error.explain();
