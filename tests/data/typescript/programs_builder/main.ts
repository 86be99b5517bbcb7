export class QueryBuilder {
  private parts: string[] = [];
  private hooks: Array<(sql: string) => void> = [];
  select(...cols: string[]): this { return this.push(cols.join()); }
  where(cond: (w: Where) => Where): this { const w = cond(new Where()); return this.push(w.toSql()); }
  onBuild(hook: (sql: string) => void): QueryBuilder { this.hooks.push(hook); return this; }
  build(): string { const sql = this.parts.join(' '); for (const hook of this.hooks) hook(sql); return sql; }
  private push(p: string): this { this.parts.push(p); return this; }
}
class Where {
  private terms: string[] = [];
  eq(a: string, b: unknown): Where { this.terms.push(a); return this; }
  and(): Where { return this; }
  toSql(): string { return this.terms.join(); }
}
const trace = (sql: string) => console.log(sql);
new QueryBuilder().select('a').where((w) => w.eq('a', 1).and()).onBuild(trace).build();
