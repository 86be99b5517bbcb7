import { core } from "@shop/core";
import { deep } from "@shop/core/src/deep";
import { map } from "lodash";
import { readFile } from "node:fs";
core();
deep();
map([], core);
readFile("x", () => {});
