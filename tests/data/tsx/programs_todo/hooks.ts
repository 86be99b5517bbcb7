import { useState } from 'react';
export function useTodos() {
  const [items, setItems] = useState<string[]>([]);
  const add = (t: string) => setItems((old) => [...old, t]);
  function remove(i: number) { setItems(items.filter((_, j) => j !== i)); }
  return { items, add, remove };
}
