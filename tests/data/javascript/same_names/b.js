export function init() {
  helper();
}
function helper() {}
