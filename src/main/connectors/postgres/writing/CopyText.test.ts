import { describe, expect, it } from 'vitest';
import { encodedRows } from '../../../../../tests/support/encodedRows.ts';
import { CopyText } from './CopyText.ts';

/** The rows as COPY reads them, by the words of PostgreSQL's documentation, and the sizes of the pieces. */
function copied(rows: readonly (readonly (string | Buffer | null)[])[]) {
  const columnCount = rows[0]?.length ?? 0;
  const copy = new CopyText(encodedRows(rows), columnCount);
  const pieces: Buffer[] = [];
  for (let piece = copy.next(); piece !== null; piece = copy.next()) pieces.push(piece);
  const lines = Buffer.concat(pieces).toString('latin1').split('\n');
  expect(lines.pop()).toBe('');
  const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };
  const read = lines.map((line) =>
    line.split('\t').map((cell) => {
      if (cell === '\\N') return null;
      const text = cell.replace(/\\(.)/g, (_, letter: string) => letters[letter] ?? 'unknown escape');
      return Buffer.from(text, 'latin1').toString();
    }),
  );
  return { read, sizes: pieces.map(({ length }) => length) };
}

describe('CopyText', () => {
  it('keeps what has a meaning for COPY, NULL and the empty text', () => {
    const long = 'x'.repeat(60);
    const rows = [
      ['\\', '\\.', null, ''],
      ['\\N', 'a\tb', 'c\nd', 'e\r\nf'],
      [`${long}\\N`, long, 'ü€😀', '\v\f\b'],
      [null, null, null, null],
    ];
    expect(copied(rows).read).toEqual(rows);
  });

  it('divides cells of any size into pieces that are never large', () => {
    const rows = [
      ['1', '\\'.repeat(300_000), 'end'],
      ['2', 'y'.repeat(70_000), null],
      ['3', '', `z${'\n'.repeat(65_534)}`],
      ['x'.repeat(131_072), '', ''],
    ];
    const { read, sizes } = copied(rows);
    expect(read).toEqual(rows);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(128 * 1024);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
  });

  it('has nothing to send for no rows', () => {
    expect(new CopyText(encodedRows([]), 3).next()).toBeNull();
  });
});
