import def, * as ns from "./lib.mjs";
import { named as other } from "./lib.mjs";
def();
ns.named();
other();
