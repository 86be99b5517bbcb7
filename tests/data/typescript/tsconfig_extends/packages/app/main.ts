import { help } from "~/help";
help();
