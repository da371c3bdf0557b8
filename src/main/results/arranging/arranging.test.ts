import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodedBatches } from '../../../../tests/support/encodedRows.ts';
import { resultsUnderTest, workToTheEnd } from '../../../../tests/support/resultsUnderTest.ts';
import type { ColumnFilter, FilterOperator, ResultColumn, SortKey } from '../../../shared/model/results.ts';
import type { Row } from '../../connectors/RowStream.ts';

const columns: readonly ResultColumn[] = [
  { name: 'n', type: 'int8', kind: 'integer' },
  { name: 't', type: 'text', kind: 'text' },
  { name: 'd', type: 'date', kind: 'date' },
];

async function resultOf(rows: readonly Row[], batchRows = 5_000) {
  const under = resultsUnderTest();
  const { resultId } = await under.filled(columns, ...encodedBatches(rows, batchRows));
  const arrange = (sort: readonly SortKey[], filters: readonly ColumnFilter[] = []) =>
    under.results.arrange({ resultId, sort: [...sort], filters: [...filters] }, workToTheEnd);
  const window = (viewId: string | null, fromRow: number, rowCount = 500) =>
    under.results.window({ resultId, viewId, fromRow, rowCount, fromColumn: 0, columnCount: 3 });
  return { ...under, resultId, arrange, window };
}

const by = (column: number, descending = false): SortKey => ({ column, descending });

describe('arranging a result', () => {
  const some: Row[] = [
    ['10', 'b', '2024-01-02'],
    ['9', 'a', 'infinity'],
    ['100', 'b', null],
    ['9007199254740993', 'É', '0044-03-15 BC'],
    ['9007199254740992', '', '12000-12-12'],
    ['-1', 'B', '2024-01-01'],
    [null, 'b', '2024-01-02'],
  ];

  it('sorts numbers by value and leaves NULL at the end, whichever the direction', async () => {
    const { arrange, window } = await resultOf(some);
    const sorted = async (key: SortKey) =>
      (await window((await arrange([key])).viewId, 0)).rows.map((row) => row[key.column]);
    const upwards = ['-1', '9', '10', '100', '9007199254740992', '9007199254740993'];
    expect(await sorted(by(0))).toEqual([...upwards, null]);
    expect(await sorted(by(0, true))).toEqual([...upwards.reverse(), null]);
    expect(await sorted(by(1, true))).toEqual(['É', 'b', 'b', 'b', 'a', 'B', '']);
    const dates = ['0044-03-15 BC', '2024-01-01', '2024-01-02', '2024-01-02', '12000-12-12', 'infinity'];
    expect(await sorted(by(2))).toEqual([...dates, null]);
  });

  it('sorts by several columns, and leaves equal rows as they came', async () => {
    const { arrange, window } = await resultOf(some);
    const { viewId, rowCount } = await arrange([by(1), by(2, true), by(0)]);
    expect(rowCount).toBe(7);
    const { positions } = await window(viewId, 0);
    expect(positions).toEqual([4, 5, 1, 0, 6, 2, 3]);
    expect((await window((await arrange([by(1)])).viewId, 3, 3)).positions).toEqual([0, 2, 6]);
  });

  it.each<[FilterOperator, number, string, number[]]>([
    ['equals', 0, '10.0', [0]],
    ['differs', 0, '10', [1, 2, 3, 4, 5, 6]],
    ['less', 0, '10', [1, 5]],
    ['at-least', 0, '9007199254740993', [3]],
    ['greater', 2, '2024-01-01', [0, 1, 4, 6]],
    ['at-most', 2, '2024-01-01', [3, 5]],
    ['contains', 1, 'B', [0, 2, 5, 6]],
    ['contains', 1, 'é', [3]],
    ['excludes', 1, 'b', [1, 3, 4]],
    ['excludes', 2, '2024', [1, 2, 3, 4]],
    ['less', 2, '2030-01-01', [0, 3, 5, 6]],
    ['starts', 0, '9', [1, 3, 4]],
    ['ends', 0, '0', [0, 2]],
    ['null', 2, '', [2]],
    ['not-null', 0, '', [0, 1, 2, 3, 4, 5]],
    ['equals', 1, '', [4]],
  ])('filters by %s', async (operator, column, value, kept) => {
    const { arrange, window } = await resultOf(some);
    const { viewId, rowCount } = await arrange([], [{ column, operator, value }]);
    expect(rowCount).toBe(kept.length);
    expect((await window(viewId, 0)).positions).toEqual(kept);
  });

  it('sorts more rows than memory holds, filters them, and removes its files', {
    timeout: 30_000,
  }, async () => {
    const count = 120_000;
    const text = 'x'.repeat(200);
    const rows = Array.from(
      { length: count },
      (_, row): Row => [String((row * 7_919) % 1_000_003), `${text}${row % 10}`, null],
    );
    const { arrange, window, results, resultId, spoolFiles } = await resultOf(rows, 20_000);
    const { viewId, rowCount } = await arrange(
      [by(1, true), by(0)],
      [{ column: 1, operator: 'ends', value: '7' }],
    );
    expect(rowCount).toBe(count / 10);
    const all = await arrange([by(1, true), by(0)]);
    const expected = rows.map((row, position) => ({
      number: Number(row[0]),
      digit: position % 10,
      position,
    }));
    expected.sort((left, right) => right.digit - left.digit || left.number - right.number);
    for (const from of [0, 54_321, count - 500]) {
      expect((await window(all.viewId, from)).positions).toEqual(
        expected.slice(from, from + 500).map(({ position }) => position),
      );
    }
    expect((await window(viewId, 0, 1)).positions).toEqual([
      expected.find(({ digit }) => digit === 7)?.position,
    ]);
    // Rows, index and two orders.
    expect(spoolFiles()).toHaveLength(4);
    await results.drop(resultId);
    expect(spoolFiles()).toEqual([]);
  });

  it('is cancelled, and leaves nothing behind', async () => {
    const rows = Array.from({ length: 200_000 }, (_, row): Row => [String(row), 'x', null]);
    const { results, resultId, spoolFiles, window } = await resultOf(rows);
    const controller = new AbortController();
    const work = { signal: controller.signal, onProgress: () => controller.abort() };
    await expect(results.arrange({ resultId, sort: [by(0)], filters: [] }, work)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(spoolFiles()).toHaveLength(2);
    expect((await window(null, 0, 1)).rows).toEqual([['0', 'x', null]]);
  });

  it('saves a view in its order', async () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, row): Row => [String((row * 7_919) % 60_013), `t${row}`, null],
    );
    const { arrange, results, resultId, saved } = await resultOf(rows);
    const { viewId } = await arrange([by(0, true)]);
    const input = {
      resultId,
      viewId,
      columns: [0],
      rows: null,
      format: { type: 'ndjson' as const },
      suggestedName: 'x',
    };
    await results.save(input, workToTheEnd);
    const numbers = saved()
      .toString()
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { n: number }).n);
    expect(numbers).toEqual(rows.map((row) => Number(row[0])).sort((left, right) => right - left));
  });
});

describe('finding a text in a result', () => {
  it('goes on from the last cell, around once, in both directions', async () => {
    const { results, resultId, arrange } = await resultOf([
      ['1', 'Apple', null],
      ['2', 'pear', null],
      ['3', 'apple', '2024-01-01'],
    ]);
    const find = (
      text: string,
      after: [number, number] | null,
      backwards = false,
      viewId: string | null = null,
      matchesCase = false,
    ) =>
      results.find(
        {
          resultId,
          viewId,
          text,
          matchesCase,
          after: after && { row: after[0], column: after[1] },
          backwards,
        },
        workToTheEnd,
      );
    expect(await find('APPLE', null)).toEqual({ row: 0, column: 1, hasWrapped: false });
    expect(await find('apple', [0, 1])).toEqual({ row: 2, column: 1, hasWrapped: false });
    expect(await find('apple', [2, 1])).toEqual({ row: 0, column: 1, hasWrapped: true });
    expect(await find('apple', [0, 1], true)).toEqual({ row: 2, column: 1, hasWrapped: true });
    expect(await find('apple', null, true)).toEqual({ row: 2, column: 1, hasWrapped: false });
    expect(await find('pear', [1, 1])).toEqual({ row: 1, column: 1, hasWrapped: true });
    expect(await find('Apple', [0, 1], false, null, true)).toEqual({ row: 0, column: 1, hasWrapped: true });
    expect(await find('plum', null)).toBeNull();
    const { viewId } = await arrange([by(0, true)]);
    expect(await find('apple', null, false, viewId)).toEqual({ row: 0, column: 1, hasWrapped: false });
  });

  it('looks through long values and many rows', async () => {
    const rows = Array.from(
      { length: 50_000 },
      (_, row): Row => [String(row), `${'é'.repeat(20)}${row}`, null],
    );
    const long = `${'y'.repeat(5_000_000)}Needle${'z'.repeat(5_000_000)}`;
    const { results, resultId, parent } = await resultOf([...rows, ['x', long, null]]);
    const find = (text: string) =>
      results.find(
        { resultId, viewId: null, text, matchesCase: false, after: null, backwards: false },
        workToTheEnd,
      );
    expect(await find('É49999')).toMatchObject({ row: 49_999, column: 1 });
    expect(await find('needle')).toMatchObject({ row: 50_000, column: 1 });
    expect(readdirSync(parent)).toHaveLength(1);
  });
});
