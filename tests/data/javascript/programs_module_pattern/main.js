var Counter = (function () {
  var count = 0;
  function bump() { count += 1; return count; }
  function reset() { count = 0; }
  var api = { inc: bump, twice: function () { return bump() + bump(); } };
  api.reset = reset;
  return api;
})();
Counter.inc();
Counter.twice();
Counter.reset();
(function ($) { $.twice(); })(Counter);
;(() => { Counter.inc(); })();
