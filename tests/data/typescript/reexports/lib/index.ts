export * from "./a";
export { beta, inner as gamma } from "./b";
export * as ns from "./c";
import { hidden } from "./d";
export { hidden as renamed };
