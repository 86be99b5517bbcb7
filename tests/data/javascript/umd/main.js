var lib = require("./lib");
lib.helper();
