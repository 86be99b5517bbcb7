import { a } from './one.mjs';
a();
