const user = require("./user");
user.make();
