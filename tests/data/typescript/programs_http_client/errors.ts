abstract class BaseError extends Error { constructor(readonly code: number) { super(String(code)); } abstract describe(): string; isRetryable() { return this.code > 500; } }
export class ApiError extends BaseError { describe() { return fmt(this.code); } }
const fmt = (n: number) => `#${n}`;
