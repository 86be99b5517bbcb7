define(function () {
  return { setup: function () {} };
});
