import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import type { WrittenSetting } from '../../../connectionText/vocabulary.ts';

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
