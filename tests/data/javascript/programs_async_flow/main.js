const { promisify } = require('util');
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
class Client {
  async get(path) { const res = await this.send({ path }); return res.body(); }
  async send(req) { await sleep(1); return new Response(req); }
}
class Response { constructor(req) { this.req = req; } async body() { return parse(this.req.path); } }
function parse(x) { return { value: () => x }; }
async function retry(fn, n = 1) { try { return await fn(n); } catch (e) { return n ? retry(fn, n - 1) : fail(e); } }
function fail(e) { throw e; }
async function* stream(client) { for (const p of ['a', 'b']) yield await client.get(p); }
(async function main() {
  const client = new Client();
  const one = await retry(() => client.get('x'));
  one.value();
  for await (const part of stream(client)) part.value();
  const [l, r] = await Promise.all([client.get('l'), client.get('r')]);
  l.value() + r.value();
  client.get('z').then((z) => z.value()).catch(fail).finally(() => cleanup());
})();
function cleanup() {}
