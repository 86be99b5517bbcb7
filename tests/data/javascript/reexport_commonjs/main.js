const { create } = require("./index");
create().go();
