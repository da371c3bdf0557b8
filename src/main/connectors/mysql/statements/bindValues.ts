import { AppError } from '../../../base/AppError.ts';
import type { Statement } from '../../Connection.ts';

/** Strings, names and comments, in which a question mark is itself, and the question marks outside of them. */
const withEscapes =
  /'(?:[^'\\]|\\[\s\S])*(?:'|$)|"(?:[^"\\]|\\[\s\S])*(?:"|$)|`[^`]*(?:`|$)|#[^\n]*|--(?=\s|$)[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\?/g;
const withoutEscapes =
  /'[^']*(?:'|$)|"[^"]*(?:"|$)|`[^`]*(?:`|$)|#[^\n]*|--(?=\s|$)[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\?/g;

/**
 * The text of a statement with its values in the place of the question marks. The text protocol has no other way to send
 * them, and the protocol of prepared statements rounds what it returns. A text goes as hexadecimal digits, which have no
 * quote and no escape under any sql_mode.
 * @param hasEscapes whether a backslash in a string hides the next character (not under NO_BACKSLASH_ESCAPES)
 * @throws INVALID_INPUT when there are more values than question marks, or fewer
 */
export function bindValues({ text, values }: Statement, hasEscapes: boolean): string {
  if (values === undefined || values.length === 0) return text;
  let count = 0;
  const bound = text.replace(hasEscapes ? withEscapes : withoutEscapes, (part) => {
    if (part !== '?') return part;
    const value = values[count];
    count += 1;
    return value === undefined ? part : literal(value);
  });
  if (count === values.length) return bound;
  throw new AppError('INVALID_INPUT', {
    title: `The statement has ${count} parameters, but ${values.length} values were given`,
  });
}

function literal(value: string | number | boolean | null): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return `_utf8mb4 x'${Buffer.from(value, 'utf8').toString('hex')}'`;
  if (Number.isFinite(value)) return String(value);
  throw new AppError('INVALID_INPUT', { title: 'A value is not a number that the server knows' });
}
