import { run } from "./lib";
run();
