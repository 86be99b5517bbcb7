import * as React from 'react';
import { Table, type Column } from './Table';
import Row from './Row';
const columns: Column[] = [{ key: 'a', render: (v) => <Cell value={fmt(v)} /> }, { key: 'b', render: plain }];
function plain(v: string) { return v; }
const fmt = (v: string) => v;
const Cell: React.FC<{ value: string }> = ({ value }) => <td>{value}</td>;
export default class Page extends React.Component<{}, { rows: string[] }> {
  constructor(props: {}) { super(props); this.state = { rows: [] }; this.load = this.load.bind(this); }
  load() { this.setState({ rows: fetchRows() }); }
  private onSelect = (row: string) => { select(row); };
  renderHeader() { return <h1 onClick={this.load}>{title()}</h1>; }
  render() {
    return <>{this.renderHeader()}<Table columns={columns} rows={this.state.rows} onSelect={this.onSelect} component={Row} /></>;
  }
}
function fetchRows() { return ['a']; }
function select(r: string) {}
const title = () => 't';
