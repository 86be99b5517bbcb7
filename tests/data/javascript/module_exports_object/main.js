const api = require("./api");
api.a();
api.b();
api.c();
api.d();
new api.Thing().go();
