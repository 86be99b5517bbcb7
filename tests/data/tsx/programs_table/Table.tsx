export interface Column { key: string; render(v: string): any; }
interface Props { columns: Column[]; rows: string[]; onSelect: (r: string) => void; component: (p: any) => any; }
export function Table(props: Props) {
  const { columns, rows, component: Component } = props;
  return <table>{rows.map((r) => <Component key={r} onClick={() => props.onSelect(r)}>{columns.map((c) => c.render(r))}</Component>)}</table>;
}
