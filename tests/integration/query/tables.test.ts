import { describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { RelationTables } from '../../../src/main/query/tables/RelationTables.ts';
import type { TableQuery } from '../../../src/shared/model/tableRows.ts';
import { failureOf } from '../../support/failureOf.ts';
import { QueryUnderTest } from '../../support/QueryUnderTest.ts';

const tabId = crypto.randomUUID();

/** A table of its own, and what reads it. */
async function openTables(under: QueryUnderTest, schema: string, statements: readonly string[]) {
  for (const statement of statements) await under.ask(statement);
  const { files, manager, results } = under;
  const tables = new RelationTables({ manager, results, files });
  const queryOf = (name: string, query: Partial<TableQuery> = {}): TableQuery => ({
    ...{ sourceId: under.source.id, relation: { schema, name }, sort: [], filters: [] },
    ...query,
  });
  const open = (name: string, query: Partial<TableQuery> = {}) =>
    tables.open({ tabId, ...queryOf(name, query) }, neverAborted);
  /** All values of a column, read to the end. */
  const column = async (name: string, index: number, query: Partial<TableQuery> = {}) => {
    const { resultId, columns } = await open(name, query);
    let progress = await tables.more(resultId, 1, neverAborted);
    while (!progress.isComplete) {
      progress = await tables.more(resultId, progress.rowCount + 1, neverAborted);
    }
    const values: unknown[] = [];
    while (values.length < progress.rowCount) {
      const window = { resultId, viewId: null, fromRow: values.length, rowCount: 500, fromColumn: 0 };
      const { rows } = await results.window({ ...window, columnCount: columns.length });
      values.push(...rows.map((row) => row[index] ?? null));
    }
    return values;
  };
  return { tables, open, column, queryOf };
}

const inOrder = (count: number, from = 1): string[] =>
  Array.from({ length: count }, (_, index) => String(from + index));

describe('rows of a table (PostgreSQL)', () => {
  const schema = 'table_rows';
  const begin = [
    `DROP SCHEMA IF EXISTS ${schema} CASCADE`,
    `CREATE SCHEMA ${schema}`,
    `CREATE TABLE ${schema}.customer (note text, id int8 PRIMARY KEY)`,
    `CREATE TABLE ${schema}.orders (id int8 PRIMARY KEY, gone int, customer_id int8 REFERENCES ${schema}.customer,
       state text, price float8)`,
    `ALTER TABLE ${schema}.orders DROP COLUMN gone`,
    `INSERT INTO ${schema}.customer SELECT 'c', g + 9007199254740990 FROM generate_series(1, 3) g`,
    `INSERT INTO ${schema}.orders SELECT g, 9007199254740991 + g % 3, CASE WHEN g % 4 > 0 THEN 's' || g % 2 END, g * 0.1
       FROM generate_series(1, 25000) g`,
    `CREATE VIEW ${schema}.states AS SELECT state, count(*) AS n FROM ${schema}.orders GROUP BY state`,
  ];
  const under = () => openTables(QueryUnderTest.postgres(), schema, begin);

  it('come page by page to the last one, each once, in the order of the key', async () => {
    const { open, column } = await under();
    const { progress, columns } = await open('orders');
    expect(progress.isComplete).toBe(false);
    expect(columns.map(({ name }) => name)).toEqual(['id', 'customer_id', 'state', 'price']);
    expect(await column('orders', 0)).toEqual(inOrder(25_000));
  });

  it('come in any order, with what is equal in the order of the key and NULL behind everything', async () => {
    const { column } = await under();
    const sort = [
      { column: 2, descending: true },
      { column: 3, descending: true },
    ];
    const ids = (await column('orders', 0, { sort })).map(Number);
    const rank = (id: number) => (id % 4 === 0 ? 2 : id % 2 === 1 ? 0 : 1);
    const wanted = inOrder(25_000)
      .map(Number)
      .sort((left, right) => rank(left) - rank(right) || right - left);
    expect(ids).toEqual(wanted);
  });

  it('are filtered by the server, numbers by value beyond 2^53', async () => {
    const { column } = await under();
    const filters = [
      { column: 1, operator: 'equals', value: '9007199254740993' },
      { column: 2, operator: 'contains', value: 'S1' },
      { column: 0, operator: 'less', value: '30' },
    ] as const;
    expect(await column('orders', 0, { filters: [...filters] })).toEqual(['5', '11', '17', '23', '29']);
    const none = [{ column: 2, operator: 'null', value: '' } as const];
    expect(await column('orders', 0, { filters: none })).toHaveLength(6_250);
  });

  it('of a view without a key come as one statement, whole', async () => {
    const { column } = await under();
    const states = await column('states', 0, {
      sort: [1, 0].map((column) => ({ column, descending: true })),
    });
    expect(states).toEqual(['s1', 's0', null]);
  });

  it('know where their foreign keys lead, by position', async () => {
    const { open } = await under();
    const { links } = await open('orders');
    expect(links).toEqual([{ columns: [1], relation: { schema, name: 'customer' }, targetColumns: [1] }]);
  });

  it('that cannot be read say why, and leave nothing open', async () => {
    const { open } = await under();
    const filters = [{ column: 0, operator: 'equals', value: 'abc' } as const];
    expect(await failureOf(open('orders', { filters }))).toMatchObject({ driverCode: '22P02' });
    expect(await failureOf(open('missing'))).toMatchObject({ code: 'NOT_FOUND' });
    const late = [{ column: 40, descending: false }];
    expect(await failureOf(open('orders', { sort: late }))).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('rows of a table (MariaDB)', () => {
  const schema = 'query_under_test';
  const begin = [
    'DROP TABLE IF EXISTS orders, customer, loose',
    'CREATE TABLE customer (id BIGINT UNSIGNED PRIMARY KEY)',
    'INSERT INTO customer VALUES (18446744073709551614), (18446744073709551615)',
    `CREATE TABLE orders (name VARCHAR(20), id BIGINT UNSIGNED PRIMARY KEY, raw VARBINARY(8), weight FLOAT,
       customer_id BIGINT UNSIGNED, FOREIGN KEY (customer_id) REFERENCES customer (id))`,
    `INSERT INTO orders SELECT IF(seq % 4 = 0, NULL, CONCAT('n', seq % 3)), 18446744073709000000 + seq,
       UNHEX(LPAD(HEX(seq % 7), 2, '0')), seq / 10, 18446744073709551614 + seq % 2 FROM seq_1_to_12000`,
    'CREATE TABLE loose (a INT)',
    'INSERT INTO loose SELECT seq FROM seq_1_to_3000',
  ];
  const under = async () => openTables(await QueryUnderTest.mariadb(), schema, begin);
  const idOf = (order: number) => String(18446744073709000000n + BigInt(order));

  it('come page by page to the last one, beyond what a floating-point number can tell apart', async () => {
    const { column } = await under();
    expect(await column('orders', 1)).toEqual(inOrder(12_000).map((order) => idOf(Number(order))));
  });

  it.each([
    ['text with NULL', 0, true],
    ['bytes', 2, true],
    ['FLOAT, whose text is rounded', 3, true],
  ])('come in the order of %s, each once', async (_what, sorted, descending) => {
    const { column } = await under();
    const ids = await column('orders', 1, { sort: [{ column: sorted, descending }] });
    expect(new Set(ids).size).toBe(12_000);
    expect(ids).toHaveLength(12_000);
    if (sorted === 3) expect(ids[0]).toBe(idOf(12_000));
    if (sorted === 0) expect(ids.slice(-2)).toEqual([idOf(11_996), idOf(12_000)]);
  });

  it('are filtered by value, and know where their foreign keys lead', async () => {
    const { column, open } = await under();
    const filters = [
      { column: 4, operator: 'equals', value: '18446744073709551615' },
      { column: 2, operator: 'equals', value: '0x03' },
      { column: 0, operator: 'starts', value: 'N1' },
    ] as const;
    const ids = await column('orders', 1, { filters: [...filters] });
    const wanted = inOrder(12_000).map(Number);
    expect(ids).toEqual(
      wanted.filter((n) => n % 2 === 1 && n % 7 === 3 && n % 3 === 1 && n % 4 > 0).map(idOf),
    );
    expect((await open('orders')).links).toEqual([
      { columns: [4], relation: { schema, name: 'customer' }, targetColumns: [0] },
    ]);
  });

  it('of a table without a key come as one statement, whole', async () => {
    const { column } = await under();
    expect(await column('loose', 0, { sort: [{ column: 0, descending: false }] })).toEqual(inOrder(3_000));
  });
});
