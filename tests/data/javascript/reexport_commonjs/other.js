const core = { ...require("./lib/core"), extra() {} };
core.create();
core.extra();
