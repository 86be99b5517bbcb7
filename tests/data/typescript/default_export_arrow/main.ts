import handler from "./handler";
import * as whole from "./handler";
handler();
whole.default();
