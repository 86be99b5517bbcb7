const Shape = require("./shape");
const s = new Shape(1);
s.area();
