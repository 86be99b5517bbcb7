import { helper } from './helpers.mjs';
export default function () { return { start: () => helper() }; }
