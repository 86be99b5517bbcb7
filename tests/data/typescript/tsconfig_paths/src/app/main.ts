import { log } from "@lib/log";
import { exact } from "config";
import { based } from "shared/based";
log();
exact();
based();
