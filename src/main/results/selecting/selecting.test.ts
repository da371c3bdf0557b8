import { describe, expect, it } from 'vitest';
import { columnsOf, encodedBatches } from '../../../../tests/support/encodedRows.ts';
import { resultsUnderTest, workToTheEnd } from '../../../../tests/support/resultsUnderTest.ts';
import type { CopyFormat, CopyInput, ResultColumn, SelectedRange } from '../../../shared/model/results.ts';
import type { Row } from '../../connectors/RowStream.ts';

const range = (fromRow: number, toRow: number, ...columns: number[]): SelectedRange => ({
  fromRow,
  toRow,
  columns,
});

async function resultOf(columns: readonly ResultColumn[], rows: readonly Row[]) {
  const under = resultsUnderTest();
  const { resultId } = await under.filled(columns, ...encodedBatches(rows, 10_000));
  const copy = async (format: CopyFormat, ranges: SelectedRange[], options: Partial<CopyInput> = {}) => {
    const input = { resultId, viewId: null, ranges, format, withHeader: true, target: null, ...options };
    const counts = await under.results.copy(input, workToTheEnd);
    return { ...counts, text: under.copied.at(-1) };
  };
  const summary = (...ranges: SelectedRange[]) =>
    under.results.summary({ resultId, viewId: null, ranges }, workToTheEnd);
  return { ...under, resultId, copy, summary };
}

describe('copying', () => {
  const columns = columnsOf(['id', 'integer'], ['name', 'text'], ['ok', 'boolean'], ['id', 'decimal']);
  const rows: Row[] = [
    ['9007199254740993', "O'Hara | x\\y", 't', '1.10'],
    ['2', 'a\tb\n"c"', null, 'NaN'],
    ['3', '', 'f', null],
  ];
  const all = [range(0, 2, 0, 1, 2, 3)];

  it.each<[CopyFormat, string]>([
    ['tsv', `id\tname\tok\tid\n9007199254740993\tO'Hara | x\\y\tt\t1.10\n2\t"a\tb\n""c"""\t\tNaN\n3\t\tf\t`],
    ['csv', `id,name,ok,id\n9007199254740993,O'Hara | x\\y,t,1.10\n2,"a\tb\n""c""",,NaN\n3,"",f,\n`],
    [
      'json',
      '[\n{"id":9007199254740993,"name":"O\'Hara | x\\\\y","ok":true,"id_2":1.10},\n' +
        '{"id":2,"name":"a\\tb\\n\\"c\\"","ok":null,"id_2":"NaN"},\n{"id":3,"name":"","ok":false,"id_2":null}\n]',
    ],
    [
      'markdown',
      "| id | name | ok | id |\n| ---: | --- | --- | ---: |\n| 9007199254740993 | O'Hara \\| x\\\\y | t | 1.10 |\n" +
        '| 2 | a\tb<br>"c" | NULL | NaN |\n| 3 |  | f | NULL |\n',
    ],
    [
      'sql-insert',
      `INSERT INTO table_name ("id", "name", "ok", "id") VALUES (9007199254740993, 'O''Hara | x\\y', TRUE, 1.10);\n` +
        `INSERT INTO table_name ("id", "name", "ok", "id") VALUES (2, 'a\tb\n"c"', NULL, 'NaN');\n` +
        `INSERT INTO table_name ("id", "name", "ok", "id") VALUES (3, '', FALSE, NULL);\n`,
    ],
    [
      'in-list',
      `(9007199254740993, 'O''Hara | x\\y', TRUE, 1.10, 2, 'a\tb\n"c"', NULL, 'NaN', 3, '', FALSE, NULL)`,
    ],
  ])('writes %s', async (format, text) => {
    const { copy } = await resultOf(columns, rows);
    expect(await copy(format, all)).toEqual({
      text,
      rowCount: 3,
      cellCount: 12,
      byteCount: Buffer.byteLength(text),
    });
  });

  it('writes without a head, and with the names of a relation as its engine quotes them', async () => {
    const { copy } = await resultOf(columns, rows);
    const without = { withHeader: false };
    expect((await copy('tsv', [range(2, 2, 2, 0)], without)).text).toBe('f\t3');
    expect((await copy('csv', [range(2, 2, 2, 0)], without)).text).toBe('f,3\n');
    const target = { sourceId: '6a3f0b52-7d1c-4d1e-9c58-0a3a7c3c1f11', relation: { schema: 's', name: 't' } };
    expect((await copy('sql-insert', [range(2, 2, 0, 1)], { target })).text).toBe(
      "INSERT INTO <s>.<t> (<id>, <name>) VALUES (3, '');\n",
    );
    expect((await copy('sql-insert', [range(2, 2, 0)], { ...without, target })).text).toBe(
      'INSERT INTO <s>.<t> VALUES (3);\n',
    );
  });

  it('copies one cell as it is, the empty one too, and says so', async () => {
    const { copy, copied } = await resultOf(columns, rows);
    const one = async (row: number, column: number) =>
      (await copy('tsv', [range(row, row, column)], { withHeader: false })).text;
    expect(await one(1, 1)).toBe('a\tb\n"c"');
    expect(await one(2, 1)).toBe('');
    expect(copied).toHaveLength(2);
  });

  it('copies ranges of other columns as one table', async () => {
    const { copy } = await resultOf(columns, rows);
    expect((await copy('csv', [range(0, 1, 0), range(2, 2, 2), range(0, 1, 2)])).text).toBe(
      'id,ok\n9007199254740993,t\n2,\n,f\n',
    );
  });

  it('copies whole values of any size, or nothing', { timeout: 30_000 }, async () => {
    const long = 'é😀'.repeat(400_000);
    const { copy, copied } = await resultOf(columnsOf(['t', 'text']), [[long], ['x'.repeat(10_003)]]);
    for (const format of ['tsv', 'csv', 'markdown'] as const) {
      expect((await copy(format, [range(0, 1, 0)], { withHeader: false })).text?.includes(`${long}`)).toBe(
        true,
      );
    }
    expect((await copy('tsv', [range(1, 1, 0)], { withHeader: false })).text).toHaveLength(10_003);
    const { copy: copyMore, copied: copiedMore } = await resultOf(
      columnsOf(['t', 'text']),
      Array.from({ length: 6 }, () => ['y'.repeat(10_000_000)]),
    );
    const overlapping = [0, 1, 2, 3, 4, 5].map((last) => range(0, last, 0));
    await expect(copyMore('tsv', overlapping)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(copiedMore).toEqual([]);
    expect(copied).toHaveLength(4);
  });

  it('refuses a column that is not there', async () => {
    const { copy } = await resultOf(columns, rows);
    await expect(copy('tsv', [range(0, 0, 4)])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('summing up', () => {
  const columns = columnsOf(['n', 'decimal'], ['t', 'text']);

  it('is exact, and counts what is there', async () => {
    const { summary } = await resultOf(columns, [
      ['0.1', 'a'],
      ['0.2', 'b'],
      [null, 'a'],
      ['12345678901234567890.12345678901234567890', null],
      ['-1e-7', '5'],
      ['9007199254740993', ''],
    ]);
    expect(await summary(range(0, 5, 0, 1))).toEqual({
      cellCount: 12,
      nullCount: 2,
      distinctCount: 9,
      sum: '12354686100489308883.4234566890123456789',
      average: '2470937220097861776.68469133780246913578',
      minimum: '-1e-7',
      maximum: '12345678901234567890.12345678901234567890',
    });
    expect(await summary(range(0, 1, 0))).toMatchObject({
      sum: '0.3',
      average: '0.15',
      minimum: '0.1',
      maximum: '0.2',
    });
    expect(await summary(range(0, 5, 1))).toMatchObject({
      sum: null,
      average: null,
      minimum: null,
      maximum: null,
    });
    expect(await summary(range(0, 99, 0))).toMatchObject({ cellCount: 6 });
  });

  it('adds what is no finite number as a server does', async () => {
    const { summary } = await resultOf(columns, [
      ['1', ''],
      ['Infinity', ''],
      ['-Infinity', ''],
      ['NaN', ''],
    ]);
    expect(await summary(range(0, 1, 0))).toMatchObject({ sum: 'Infinity', maximum: 'Infinity' });
    expect(await summary(range(0, 3, 0))).toMatchObject({ sum: 'NaN', minimum: '-Infinity', maximum: 'NaN' });
  });

  it('rounds an average that does not end', async () => {
    const { summary } = await resultOf(columns, [
      ['1', ''],
      ['1', ''],
      ['-4', ''],
    ]);
    expect(await summary(range(0, 2, 0))).toMatchObject({ sum: '-2', average: '-0.6666666666666667' });
  });

  it('counts more different values than it keeps in memory', { timeout: 30_000 }, async () => {
    const rows = Array.from(
      { length: 130_000 },
      (_, row): Row => [String(row % 120_000), `${'z'.repeat(40)}${row % 7}`],
    );
    // Values that differ only by a zero byte at their end, and by what stands behind many bytes.
    rows.splice(0, 4, ['0', 'a'], ['1', 'a\0'], ['2', 'a'], ['3', `${'z'.repeat(99)}1`]);
    const { summary, spoolFiles } = await resultOf(columns, rows);
    const expected = (129_999 * 130_000) / 2 - 10_000 * 120_000;
    expect(await summary(range(0, 129_999, 0, 1))).toMatchObject({
      distinctCount: 120_010,
      sum: String(expected),
    });
    expect(spoolFiles()).toHaveLength(2);
  });
});
