import { List } from './List';
import { useTodos } from './hooks';
export function App() {
  const { items, add, remove } = useTodos();
  const onAdd = () => add('x');
  return <List items={items} onAdd={onAdd} onRemove={(i: number) => remove(i)} render={(t) => <Row text={t} />} />;
}
const Row = ({ text }: { text: string }) => <li>{clean(text)}</li>;
function clean(t: string) { return t; }
