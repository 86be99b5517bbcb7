export default async function worker(item) { return double(item); }
export function onError(e) { return e; }
const double = (x) => x * 2;
