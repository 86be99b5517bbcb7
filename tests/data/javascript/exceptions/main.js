class Failure extends Error {
  constructor(text) {
    super(text);
  }
  show() {}
}
function risky() {
  throw new Failure("x");
}
try {
  risky();
} catch (error) {
  if (error instanceof Failure) error.show();
} finally {
  cleanup();
}
function cleanup() {}
