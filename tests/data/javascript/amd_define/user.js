define(["./base"], function (base) {
  function User() {
    base.setup();
  }
  return { User: User, make: function () {} };
});
