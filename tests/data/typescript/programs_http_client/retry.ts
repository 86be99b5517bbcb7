export default async function retry<T>(fn: () => Promise<T>, times: number): Promise<T> {
  for (let i = 0; ; i++) { try { return await fn(); } catch (e) { if (i >= times) throw e; await wait(i); } }
}
const wait = (n: number) => new Promise<void>((r) => setTimeout(r, n));
