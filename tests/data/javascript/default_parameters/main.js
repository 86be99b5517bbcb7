function fallback() {}
function given() {}
function call(fn = fallback, ...rest) {
  fn();
  rest[0]();
}
call();
call(given, given);
