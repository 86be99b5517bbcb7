const tax = require("./tax");
const { round, twice: double } = require("./tax");
const whole = require("./whole");
tax.round(1);
round(2);
double(3);
whole();
require("./tax").last();
