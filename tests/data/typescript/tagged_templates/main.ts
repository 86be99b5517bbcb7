function sql(parts: TemplateStringsArray, ...values: unknown[]) {}
function value() {}
sql`select ${value()}`;
