import { missing } from "./absent";
import { parse } from "some-package";
declare const thing: any;
missing();
parse();
thing.save();
globalThing();
export function run(x) {
  x.save();
  save();
}
