const app = require("./app");
app.init();
