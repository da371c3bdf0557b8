import { ConnectionTextRefused } from '../ConnectionTextRefused.ts';
import type { WrittenSetting } from '../vocabulary.ts';

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
