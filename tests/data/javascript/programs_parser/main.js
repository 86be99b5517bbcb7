function Parser(text) {
  if (!(this instanceof Parser)) return new Parser(text);
  this.text = text;
  this.pos = 0;
}
Parser.prototype = {
  constructor: Parser,
  parse: function () { var out = []; while (!this.done()) out.push(this.token()); return out; },
  done: function () { return this.pos >= this.text.length; },
  token: function () { var c = this.text[this.pos++]; return (this.rules[c] || this.rules.other).call(this, c); },
  rules: { a: function (c) { return this.word(c); }, other: function (c) { return c; } },
  word: function (c) { return c; },
};
Parser('abc').parse();
new Parser('x').parse();
