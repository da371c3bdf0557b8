import { describe, expect, it } from 'vitest';
import { someResource } from '../../../../../../tests/support/rest/someRest.ts';
import { decodedRows } from '../../../../../../tests/support/streamRows.ts';
import type { Resource, ResourceColumn } from '../../../../../shared/model/resources.ts';
import { Pace } from '../../../../base/async/Pace.ts';
import { systemClock } from '../../../../base/Clock.ts';
import type { Row } from '../../../RowStream.ts';
import { readJson } from '../../json/readJson.ts';
import { selectRecords } from '../selecting/selectRecords.ts';
import { inferColumns } from './inferColumns.ts';
import { RecordEncoder } from './RecordEncoder.ts';

const pace = () => new Pace(systemClock);

async function recordsOf(json: string, resource: Resource) {
  const { tape, roots } = await readJson(Buffer.from(json), pace());
  return selectRecords(tape, roots[0] ?? -1, resource, pace());
}

async function inferred(json: string, changes: Partial<Resource> = {}) {
  const resource = someResource(changes);
  return inferColumns(await recordsOf(json, resource), resource, pace());
}

const typesOf = async (json: string) =>
  Object.fromEntries(
    (await inferred(json)).columns.map(({ name, type, isNullable }) => [
      name,
      `${type}${isNullable ? '?' : ''}`,
    ]),
  );

async function rowsOf(
  json: string,
  columns: readonly ResourceColumn[],
  hasOther: boolean,
  changes: Partial<Resource> = {},
) {
  const records = await recordsOf(json, someResource(changes));
  const encoder = new RecordEncoder(columns, hasOther);
  const rows: Row[] = [];
  for (let next = 0; next < records.tokens.length; ) {
    const batch = encoder.encode(records, next);
    rows.push(...decodedRows(batch.rows, columns.length + (hasOther ? 1 : 0)));
    next = batch.next;
  }
  return rows;
}

/** Rows with the columns that are inferred from the same records. */
async function table(json: string, changes: Partial<Resource> = {}) {
  const { columns } = await inferred(json, changes);
  return { names: columns.map(({ name }) => name), rows: await rowsOf(json, columns, false, changes) };
}

describe('inferColumns', () => {
  it('finds the type of numbers by their digits', async () => {
    const json =
      '[{"id":9223372036854775807,"ref":9007199254740993,"amt":99999999999999.99,"n":-0,"big":1e400,"u":18446744073709551615}]';
    expect(await typesOf(json)).toEqual({
      id: 'bigint',
      ref: 'bigint',
      amt: 'numeric',
      n: 'integer',
      big: 'numeric',
      u: 'numeric',
    });
  });

  it('finds dates, times, moments, UUIDs and truths', async () => {
    const json = JSON.stringify([
      {
        ...{
          day: '2026-01-31',
          at: '2026-01-31T10:00:00.5+02:00',
          time: '10:00',
          ok: true,
          text: '2026-13-01',
        },
        ...{ id: '5f9c1a52-1111-4a2b-8c3d-0123456789ab', nothing: null, empty: '' },
      },
    ]);
    expect(await typesOf(json)).toEqual({
      ...{ day: 'date', at: 'timestamp', time: 'time', ok: 'boolean', text: 'text' },
      ...{ id: 'uuid', nothing: 'text?', empty: 'text' },
    });
  });

  it('takes all fields of all records in the order in which they come, and what holds both types', async () => {
    const json = '[{"a":1,"m":1},{"b":"x","a":2.5,"m":"1"},{"a":null,"d":"2026-01-01"},{"a":1,"d":"soon"}]';
    expect(await typesOf(json)).toEqual({ a: 'numeric?', m: 'json?', b: 'text?', d: 'text?' });
    expect((await inferred(json)).warnings).toEqual(['Values of different types, read as JSON: “m”.']);
  });

  it('flattens objects by one level, but not maps, nor what is no object elsewhere', async () => {
    const flat = '[{"address":{"city":"Paris","geo":{"lat":1}}},{"address":null}]';
    expect(await typesOf(flat)).toEqual({ 'address.city': 'text?', 'address.geo': 'json?' });
    const byKey = JSON.stringify(Array.from({ length: 20 }, (_, index) => ({ map: { [`k${index}`]: 1 } })));
    expect(await typesOf(byKey)).toEqual({ map: 'json' });
    expect(await typesOf('[{"a":{"b":1}},{"a":"x"}]')).toEqual({ a: 'json' });
    expect(await typesOf('[{"a":{}}]')).toEqual({ a: 'json' });
  });

  it('gives every column a name of its own', async () => {
    const { columns } = await inferred('[{"a.b":1,"a":{"b":2},"":3}]');
    expect(columns.map(({ name, path }) => [name, path])).toEqual([
      ['a.b', ['a.b']],
      ['a.b_2', ['a', 'b']],
      ['(empty)', ['']],
    ]);
  });

  it('warns of keys that are none, and of keys that come twice in a record', async () => {
    const warningsOf = async (json: string, primaryKey: string[]) =>
      (await inferred(json, { primaryKey })).warnings;
    expect(await warningsOf('[{"id":1},{"id":1}]', ['id'])).toEqual([
      'The primary key is not unique: ["1"] comes twice.',
    ]);
    expect(await warningsOf('[{"id":1}]', ['no'])).toEqual([
      'The primary key names columns that do not exist: no.',
    ]);
    expect(await warningsOf('[{"id":1,"id":2}]', ['id'])).toEqual([
      'Some records contain a key twice. The last value counts.',
    ]);
  });
});

describe('RecordEncoder', () => {
  it('keeps every value as it was sent', async () => {
    const json = String.raw`[{"n":1.50,"t":"é\n\"","j":[1, 2.0],"b":false,"o":{"x":"a\u00e9"}},{"o":null,"b":true,"n":null,"extra":1}]`;
    const { names, rows } = await table(json);
    expect(names).toEqual(['n', 't', 'j', 'b', 'o.x', 'extra']);
    expect(rows).toEqual([
      ['1.50', 'é\n"', '[1, 2.0]', 'false', 'aé', null],
      [null, null, null, 'true', null, '1'],
    ]);
  });

  it('keeps the key of each record, and values that are no objects', async () => {
    const json = '{"data":{"2026-01-01":{"v":1},"2026-01-02":{"v":2}}}';
    expect(await table(json, { selector: 'data.*', keyColumn: 'day' })).toEqual({
      names: ['day', 'v'],
      rows: [
        ['2026-01-01', '1'],
        ['2026-01-02', '2'],
      ],
    });
    expect(await table('[1.0,"a",null]')).toEqual({ names: ['value'], rows: [['1.0'], ['"a"'], [null]] });
  });

  it('puts what no column has into the last one', async () => {
    const { columns } = await inferred('[{"id":1,"a":{"b":1}}]');
    const json = '[{"id":1,"a":{"b":2,"c":[3]},"new":"x","__proto__":1.0},{"id":2,"a":"text"},{"id":3},7]';
    expect(await rowsOf(json, columns, true)).toEqual([
      ['1', '2', '{"a.c":[3],"new":"x","__proto__":1.0}'],
      ['2', null, '{"a":"text"}'],
      ['3', null, null],
      [null, null, '{"value":7}'],
    ]);
    expect((await rowsOf(json, columns, false))[0]).toEqual(['1', '2']);
  });

  it('gives many and long records in parts', async () => {
    const records = Array.from({ length: 3_000 }, (_, id) => ({ id, text: 'é'.repeat(id % 500) }));
    const long = { id: -1, text: 'x'.repeat(3_000_000) };
    const { rows } = await table(JSON.stringify([...records, long]));
    expect(rows).toEqual([...records, long].map(({ id, text }) => [String(id), text]));
  });

  it('tells records apart whose keys are in another order', async () => {
    expect((await table('[{"a":1,"b":2},{"b":3,"a":4},{"ab":5}]')).rows).toEqual([
      ['1', '2', null],
      ['4', '3', null],
      [null, null, '5'],
    ]);
  });
});
