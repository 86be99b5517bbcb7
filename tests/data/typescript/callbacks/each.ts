export function each(list: number[], fn: (n: number) => void) {
  for (const one of list) fn(one);
}
