export { default, a } from './one.mjs';
import * as inner from './three.mjs';
export { inner };
