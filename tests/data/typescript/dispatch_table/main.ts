function add() {}
function remove() {}
const table: Record<string, () => void> = { add, remove };
const byName = new Map([["add", add]]);
export function run(name: string) {
  table[name]();
}
