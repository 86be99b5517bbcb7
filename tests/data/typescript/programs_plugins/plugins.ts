import { BasePlugin, Context, Plugin } from './types';
class Lint extends BasePlugin { name = 'lint'; protected execute(c: Context) { check(c); } }
class Format extends BasePlugin {
  name = 'format';
  protected before() { prepare(); }
  protected execute() {}
}
const inline: Plugin = { name: 'inline', run: (c) => check(c) };
function check(c: Context) {}
function prepare() {}
export const plugins: Plugin[] = [new Lint(), new Format(), inline];
