const { promisify } = require("util");
async function first() {
  return second();
}
async function second() {
  return { done() {} };
}
const later = promisify(first);
first()
  .then((value) => value.done())
  .catch((error) => report(error));
function report() {}
(async () => {
  const value = await second();
  value.done();
  await Promise.all([first(), second()]);
})();
