import type { EncodedRows } from '../../RowStream.ts';
import type { WriteTarget } from '../../TableWriter.ts';
import { rowsRefused } from './refusedRows.ts';

const lengthBytes = 4;
/** As the server reads one: behind white space, with a sign or without. Spaces at the end do not count, in a value neither. */
const number = /^[ \t-\r]*[+-]?\d+ *$/;
const endSpaces = / +$/;

/**
 * Of an ENUM or a SET the server takes digits that are none of its values for the place of a value, and says nothing.
 * @throws a row's fault
 */
export function requireChoices({ columns }: WriteTarget, rows: EncodedRows): void {
  const choices = columns.map(({ declared }) => choicesOf(declared));
  if (choices.every((choice) => choice === null)) return;
  for (const start of rows.starts) {
    let offset = start;
    for (const [index, choice] of choices.entries()) {
      const length = rows.bytes.readInt32BE(offset);
      offset += lengthBytes + Math.max(0, length);
      if (choice === null || length <= 0) continue;
      const text = rows.bytes.toString('utf8', offset - length, offset);
      if (number.test(text) && !choice.has(text.replace(endSpaces, '')))
        throw noChoice(columns[index]?.name ?? '', text);
    }
  }
}

function choicesOf(declared: string): ReadonlySet<string> | null {
  if (!/^(?:enum|set)\b/i.test(declared)) return null;
  const quoted = [...declared.matchAll(/'((?:[^']|'')*)'/g)];
  return new Set(quoted.map(([, text = '']) => text.replaceAll("''", "'")));
}

const noChoice = (column: string, text: string) =>
  rowsRefused(`“${text}” is none of the values of the column “${column}”.`, null);
