const load = (id) => new Promise((resolve, reject) => { id ? resolve(wrap(id)) : reject(new Error('x')); });
function wrap(id) { return { id, show() { return display(id); } }; }
function display(id) { return String(id); }
async function main() {
  const item = await load(1);
  item.show();
  try { await load(0); } catch (error) { report(error); }
  const both = await Promise.all([load(2), load(3)]);
  both.forEach((one) => one.show());
}
function report(error) { return error.message; }
main().then(done, report);
function done() {}
