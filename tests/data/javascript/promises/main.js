function ok() {}
function bad() {}
fetch("x").then(ok).catch(bad);
Promise.resolve(1).then((n) => ok());
[1].forEach(ok);
