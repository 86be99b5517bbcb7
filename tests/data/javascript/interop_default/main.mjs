import core, { create } from "./core.cjs";
core.create();
create();
