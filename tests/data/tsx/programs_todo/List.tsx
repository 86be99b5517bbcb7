type Props = { items: string[]; onAdd: () => void; onRemove: (i: number) => void; render: (t: string) => any };
export function List({ items, onAdd, onRemove, render }: Props) {
  return <ul onClick={() => onAdd()}>{items.map((t, i) => <Item key={i} onClick={() => onRemove(i)}>{render(t)}</Item>)}</ul>;
}
function Item(props: { onClick: () => void; children: any }) {
  return <li onClick={props.onClick}>{props.children}</li>;
}
