import { describe, expect, it } from 'vitest';
import { columnsNamed, encodedRows } from '../../../../tests/support/encodedRows.ts';
import type { LogicalType, SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { ColumnMapping } from '../../../shared/model/pipelines.ts';
import type { ColumnFilter } from '../../../shared/model/results.ts';
import { neverAborted } from '../../base/abort.ts';
import { systemClock } from '../../base/Clock.ts';
import type { ColumnTypes } from '../../connectors/TableWriter.ts';
import { cellText } from '../reading/rowCells.ts';
import { createTransformation } from './createTransformation.ts';
import { mapColumns, shapeAfter } from './mapColumns.ts';

const text: LogicalType = { type: 'text', length: null };
/** Of an engine whose own text is the canonical one, but for “?”, which nobody else can hold. */
const types: ColumnTypes = {
  logical: () => text,
  declare: () => ({ sql: 'text', loss: null }),
  toCanonical: () => (value) => (value === '?' ? { lost: 'question marks' } : value),
  fromCanonical: () => (value) =>
    value.includes('\0') ? { lost: 'NUL', rest: value.replaceAll('\0', '') } : value,
};
const named = (...names: readonly string[]): SourceColumn[] =>
  names.map((name) => ({ name, declared: 'text', type: text, isNullable: true }));
const mapping = (name: string, changes: Partial<ColumnMapping> = {}): ColumnMapping => ({
  ...{ name, origin: { type: 'column', name }, cast: null, mask: null },
  ...changes,
});
const drift = { newColumns: 'add', changedTypes: 'fail' } as const;

function made(
  columns: ColumnMapping[] | null,
  {
    names = ['a', 'b'],
    filters = [],
    isSameEngine = false,
  }: { names?: string[]; filters?: ColumnFilter[]; isSameEngine?: boolean } = {},
) {
  const source = named(...names);
  const pipeline = { columns, shape: [], drift };
  const planned = mapColumns(pipeline, source).map(({ name, type }) => ({
    name,
    mappedName: name,
    type,
    declared: 'text',
  }));
  const transformation = createTransformation({
    ...{ pipeline, columns: source, planned, sourceTypes: types },
    destinationTypes: isSameEngine ? types : { ...types },
    maskKey: Buffer.alloc(32, 7),
    left: { columns: columnsNamed(names), filters },
    ...{ clock: systemClock, signal: neverAborted },
  });
  return {
    transformation,
    async apply(rows: readonly (readonly (string | null)[])[]) {
      const result = await transformation.apply(encodedRows(rows));
      const cells = Array.from(result.rows.starts, (start) =>
        planned.map((_, column) => cellText(result.rows.bytes, start, column)),
      );
      return { cells, rejected: result.rejected };
    },
  };
}

describe('The transformation of rows', () => {
  it('leaves rows untouched that arrive as they are', async () => {
    const { transformation } = made(null, { isSameEngine: true });
    const rows = encodedRows([
      ['1', '?'],
      [null, ''],
    ]);
    expect((await transformation.apply(rows)).rows).toBe(rows);
  });

  it('chooses, renames, fills in and works out columns', async () => {
    const { apply } = made([
      mapping('b'),
      mapping('c', { origin: { type: 'column', name: 'a' } }),
      mapping('from', { origin: { type: 'constant', value: 'here' } }),
      mapping('both', { origin: { type: 'expression', text: "a || '/' || b" } }),
      mapping('id', { origin: { type: 'json', name: 'b', path: ['id'] } }),
    ]);
    expect(
      (
        await apply([
          ['x', '{"id":1.10}'],
          [null, null],
        ])
      ).cells,
    ).toEqual([
      ['{"id":1.10}', 'x', 'here', 'x/{"id":1.10}', '1.10'],
      [null, null, 'here', null, null],
    ]);
  });

  it('hashes equal values to equal ones in every column, and leaves NULL', async () => {
    const hash = { mask: { type: 'hash' } } as const;
    const { apply } = made([mapping('a', hash), mapping('b', hash)]);
    const { cells } = await apply([
      ['ann', 'ann'],
      ['bob', null],
    ]);
    expect(cells[0]?.[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(cells[0]?.[0]).toBe(cells[0]?.[1]);
    expect(cells[1]?.[0]).not.toBe(cells[0]?.[0]);
    expect(cells[1]?.[1]).toBeNull();
  });

  it('cuts masked texts between characters', async () => {
    const { apply } = made([
      mapping('a', { mask: { type: 'truncate', length: 2 } }),
      mapping('b', { mask: { type: 'redact', text: '***' } }),
    ]);
    expect((await apply([['😀😀😀', 'secret']])).cells).toEqual([['😀😀', '***']]);
  });

  it('rejects a row with its reason, and copies the others', async () => {
    const { apply } = made([
      mapping('b'),
      mapping('a', { cast: { type: 'integer', bits: 32, isUnsigned: false } }),
    ]);
    const { cells, rejected } = await apply([
      ['1', 'x'],
      ['one', 'y'],
      ['3', 'z'],
    ]);
    expect(cells).toEqual([
      ['x', '1'],
      ['z', '3'],
    ]);
    expect(rejected).toEqual([{ cells: ['y', 'one'], reason: 'Column “a”: “one” is no number.' }]);
  });

  it('counts what the destination cannot hold, a line for each column', async () => {
    const { apply, transformation } = made([mapping('a'), mapping('b')]);
    expect(
      (
        await apply([
          ['?', 'a\0b'],
          ['?', 'c'],
        ])
      ).cells,
    ).toEqual([
      [null, 'ab'],
      [null, 'c'],
    ]);
    expect(transformation.losses).toEqual([
      { column: 'a', reason: 'question marks', count: 2 },
      { column: 'b', reason: 'NUL', count: 1 },
    ]);
  });

  it('does not count what a rejected row would have lost', async () => {
    const { apply, transformation } = made([
      mapping('b'),
      mapping('a', { cast: { type: 'integer', bits: 32, isUnsigned: false } }),
    ]);
    await apply([
      ['one', 'x\0y'],
      ['1', 'x\0y'],
    ]);
    expect(transformation.losses).toEqual([{ column: 'b', reason: 'NUL', count: 1 }]);
  });

  it('leaves out what filters do not let through', async () => {
    const { apply } = made(null, { filters: [{ column: 1, operator: 'contains', value: 'B' }] });
    expect(
      (
        await apply([
          ['1', 'abc'],
          ['2', 'x'],
          ['3', null],
        ])
      ).cells,
    ).toEqual([['1', 'abc']]);
  });
});

describe('The columns of a pipeline', () => {
  it('follow a source that has grown as its settings say', () => {
    const columns = named('a', 'new');
    const pipeline = { columns: null, shape: named('a'), drift };
    const ignoring = { ...pipeline, drift: { ...drift, newColumns: 'ignore' as const } };
    const chosen = { ...pipeline, columns: [mapping('x', { origin: { type: 'column', name: 'a' } })] };
    const namesOf = (each: Parameters<typeof mapColumns>[0]) =>
      mapColumns(each, columns).map(({ name }) => name);
    expect([namesOf(pipeline), namesOf(ignoring), namesOf(chosen)]).toEqual([
      ['a', 'new'],
      ['a'],
      ['x', 'new'],
    ]);
    // What is ignored stays new, or the next run would bring it.
    expect(shapeAfter(ignoring, columns).map(({ name }) => name)).toEqual(['a']);
    expect(shapeAfter(pipeline, columns).map(({ name }) => name)).toEqual(['a', 'new']);
  });
});
