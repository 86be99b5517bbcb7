// Check (or with --fix rewrite) the Lua files named as arguments, by stylua's own formatter and our stylua.toml.
// NODE_PATH has no say for modules, so the package's folder comes as STYLUA_HOME.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const stylua = createRequire(join(process.env.STYLUA_HOME, "package.json"))("@johnnymorganz/stylua");
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

const settings = {};
const enums = {
  syntax: stylua.LuaVersion,
  indent_type: stylua.IndentType,
  quote_style: stylua.QuoteStyle,
  line_endings: stylua.LineEndings,
};
for (const line of readFileSync(join(root, "stylua.toml"), "utf8").split("\n")) {
  const entry = line.match(/^(\w+) = (?:"(\w+)"|(\d+))$/);
  if (!entry) continue;
  const [, key, word, number] = entry;
  const value = word === undefined ? Number(number) : enums[key]?.[word];
  if (value === undefined) throw new Error(`stylua.toml: ${line} is not understood by ${import.meta.url}`);
  settings[key] = value;
}

const fix = process.argv[2] === "--fix";
let wrong = 0;
for (const path of process.argv.slice(fix ? 3 : 2)) {
  const text = readFileSync(path, "utf8");
  let formatted;
  try {
    // formatCode takes the configuration's ownership, so each file gets one of its own.
    const config = Object.assign(stylua.Config.new(), settings);
    formatted = stylua.formatCode(text, config, undefined, stylua.OutputVerification.Full);
  } catch (error) {
    console.log(`${path}: ${error}`);
    wrong += 1;
    continue;
  }
  if (formatted === text) continue;
  if (fix) {
    writeFileSync(path, formatted);
    continue;
  }
  wrong += 1;
  const [was, will] = [text.split("\n"), formatted.split("\n")];
  const row = was.findIndex((line, index) => line !== will[index]);
  console.log(`${path}:${row + 1}: not formatted; from here on it would be\n    ${will[row] ?? "(end of file)"}`);
}
process.exit(wrong ? 1 : 0);
