function html(strings, ...values) { return strings.map((s, i) => s + escape(values[i])).join(''); }
function escape(v) { return typeof v === 'function' ? v() : String(v); }
const name = () => 'n';
html`<b>${name}</b>`;
const tags = { css(parts) { return parts[0]; } };
tags.css`a{}`;
const make = (prefix) => (s) => prefix + s[0];
make('x')`y`;
