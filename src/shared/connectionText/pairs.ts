import { ConnectionTextRefused } from './ConnectionTextRefused.ts';
import type { WrittenSetting } from './vocabulary.ts';

/** Lists of `name=value` as libpq and .NET write them. */

/**
 * Splits `host=db user='o\'neil'` by libpq's rules: blanks separate, single quotes around a value with blanks, a
 * backslash before a quote or backslash. A quote inside an unquoted value is an ordinary character.
 * Source: `conninfo_parse` in PostgreSQL's fe-connect.c.
 * @throws ConnectionTextRefused
 */
export function splitKeywords(text: string): WrittenSetting[] {
  const settings: WrittenSetting[] = [];
  const pair = /\s*(\w+)\s*=\s*(?:'((?:[^'\\]|\\[\s\S])*)'|((?!')(?:[^\s\\]|\\[\s\S])*))(?=\s|$)/y;
  while (pair.lastIndex < text.length) {
    const [, name, quoted, plain] = pair.exec(text) ?? [];
    if (name === undefined) {
      throw new ConnectionTextRefused(
        'The list of settings cannot be read',
        "Write name=value, with single quotes around a value with spaces: password='two words'.",
      );
    }
    settings.push({ name, value: (quoted ?? plain ?? '').replace(/\\([\s\S])/g, '$1') });
  }
  return settings;
}

/**
 * Splits `Host=db;Password="a;b"` by the rules of .NET's `DbConnectionStringBuilder`: semicolons separate, single or
 * double quotes around a value, doubled inside it; blanks around names and unquoted values do not count.
 * @throws ConnectionTextRefused
 */
export function splitSemicolons(text: string): WrittenSetting[] {
  const settings: WrittenSetting[] = [];
  const gap = /[\s;]*/y;
  const pair = /([^=;]+)=(?:\s*"((?:[^"]|"")*)"\s*|\s*'((?:[^']|'')*)'\s*|(?!\s*["'])([^;]*))(?:;|$)/y;
  while (true) {
    gap.exec(text);
    if (gap.lastIndex >= text.length) return settings;
    pair.lastIndex = gap.lastIndex;
    const [, name, double, single, plain = ''] = pair.exec(text) ?? [];
    if (name === undefined) {
      throw new ConnectionTextRefused(
        'The list of settings cannot be read',
        'Write Name=value;Name=value, with quotes around a value with a semicolon: Password="a;b".',
      );
    }
    const quoted = double?.replaceAll('""', '"') ?? single?.replaceAll("''", "'");
    settings.push({ name: name.trim(), value: quoted ?? plain.trim() });
    gap.lastIndex = pair.lastIndex;
  }
}
