import { ConnectionTextRefused } from '../ConnectionTextRefused.ts';
import type { WrittenSetting } from '../vocabulary.ts';

/** `export NAME=value`, `set NAME=value`, `$env:NAME = value`, `NAME: value`, `- NAME=value`, `"NAME": "value",`. */
const assignment =
  /^\s*(?:-\s+|(?:export|set|env)\s+|\$env:)?(["']?)([A-Za-z_][\w.-]*)\1\s*(?:=|:(?!\/\/))(.*)$/s;

/**
 * The assignments of environment variables, one a line, as `.env` files, shells and settings files write them. Empty
 * lines and comments are nothing. Null when a line is something else.
 * @throws ConnectionTextRefused for a quotation mark that is not closed
 */
export function splitAssignments(text: string): WrittenSetting[] | null {
  const settings: WrittenSetting[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const [, , name, value] = assignment.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    settings.push({ name, value: unquoted(value.trim()) });
  }
  return settings;
}

/** A value without its quotes and without what follows them, such as a comma or a comment. */
function unquoted(value: string): string {
  const [, single, double] = /^(?:'([^']*)'|"((?:[^"\\]|\\.)*)")\s*(?:[,;]\s*)?(?:#.*)?$/s.exec(value) ?? [];
  if (single !== undefined) return single;
  if (double !== undefined) return double.replace(/\\(["\\$`])/g, '$1');
  if (/^["']/.test(value)) {
    throw new ConnectionTextRefused('A quotation mark is not closed', 'Copy the whole line.');
  }
  const comment = value.search(/\s#/);
  return comment === -1 ? value : value.slice(0, comment).trimEnd();
}
