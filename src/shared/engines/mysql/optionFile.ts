/** Option files of MySQL and MariaDB, such as `my.cnf` (MySQL Reference Manual, "Using Option Files"). */

export type Options = ReadonlyMap<string, string>;

const groupLine = /^\[\s*([^\]]+?)\s*\]$/;
const optionName = /^[\w-]+/;
const quotedValue = /^"((?:\\.|[^"\\])*)"|^'((?:\\.|[^'\\])*)'/;
const escapes: Readonly<Record<string, string>> = {
  ...{ b: '\b', t: '\t', n: '\n', r: '\r', s: ' ' },
  ...{ '\\': '\\', '"': '"', "'": "'" },
};
const escaped = /\\(.)/g;

/** The options of each group, in the order of the groups; null for a text that is no option file. */
export function optionGroupsOf(text: string): ReadonlyMap<string, Options> | null {
  const groups = new Map<string, Map<string, string>>();
  let options: Map<string, string> | null = null;
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    if (line === '' || line.startsWith('#') || line.startsWith(';') || line.startsWith('!')) continue;
    const [, group] = groupLine.exec(line) ?? [];
    const [name] = optionName.exec(line) ?? [];
    if (group !== undefined) {
      options = groups.get(group) ?? new Map();
      groups.set(group, options);
    } else if (name === undefined || options === null) return null;
    else options.set(nameOf(name), optionValue(line.slice(name.length).trimStart()));
  }
  return groups;
}

/** Hyphens and underscores are the same. */
const nameOf = (name: string): string => name.replace(/^loose[-_]/, '').replaceAll('_', '-');

/** What stands behind an equals sign. A comment may follow it, but is none within quotes. */
function optionValue(rest: string): string {
  if (!rest.startsWith('=')) return '';
  const text = rest.slice(1).trimStart();
  const [, double, single] = quotedValue.exec(text) ?? [];
  const bare = double ?? single ?? text.split('#', 1)[0]?.trimEnd() ?? '';
  return bare.replace(escaped, (whole: string, letter: string) => escapes[letter] ?? whole);
}
