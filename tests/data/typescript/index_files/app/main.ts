import { boot } from "..";
import { local } from ".";
import { named } from "./feature";
boot();
local();
named();
