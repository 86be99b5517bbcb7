abstract class Exporter {
  export(rows: string[]): string { return this.header() + rows.map((r) => this.row(r)).join(this.separator); }
  protected abstract row(r: string): string;
  protected header(): string { return ''; }
  protected get separator(): string { return join(); }
}
class Csv extends Exporter {
  protected row(r: string) { return quote(r); }
  protected override header() { return super.header() + 'h'; }
}
class Json extends Exporter { protected row(r: string) { return `"${r}"`; } }
function quote(s: string) { return s; }
function join() { return ','; }
function run(e: Exporter) { return e.export(['a']); }
run(new Csv());
run(new Json());
