async function fetchAll(): Promise<Result> {
  return new Result();
}
class Result {
  show() {}
}
function* items() {
  yield new Result();
}
export async function run() {
  const result = await fetchAll();
  result.show();
  for (const item of items()) {
    item.show();
  }
}
