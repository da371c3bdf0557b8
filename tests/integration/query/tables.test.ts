import { describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { RelationTables } from '../../../src/main/query/tables/RelationTables.ts';
import type { FilterOperator } from '../../../src/shared/model/results.ts';
import type { TableQuery } from '../../../src/shared/model/tableRows.ts';
import { failureOf } from '../../support/failureOf.ts';
import { QueryUnderTest } from '../../support/QueryUnderTest.ts';

const tabId = crypto.randomUUID();

/** Some rows of a table in which every column is of another type: an id, a value for each of them, and NULL in all. */
const typedTable = (types: Readonly<Record<string, string>>) => ({
  create: `CREATE TABLE typed (id INT PRIMARY KEY, ${Object.keys(types)
    .map((type, index) => `c${index} ${type}`)
    .join(', ')})`,
  fill: `INSERT INTO typed VALUES (1, ${Object.values(types).join(', ')}), (2${', NULL'.repeat(Object.keys(types).length)})`,
});

const typesOfPostgres = {
  ...{
    int8: '9007199254740993',
    numeric: '0.10',
    float4: '0.1',
    float8: '1e-7',
    bool: 'true',
    money: '12.5',
  },
  ...{ text: `'a%b'`, 'char(2)': `'ab'`, name: `'n'`, uuid: `'6f9619ff-8b86-d011-b42d-00c04fc964ff'` },
  ...{ json: `'{"a": 1}'`, jsonb: `'{"a": 1}'`, xml: `'<a/>'`, bytea: `'\\x00ff'`, jsonpath: `'$.a'` },
  ...{ date: `'0044-03-15 BC'`, time: `'10:00'`, timetz: `'10:00+02'`, timestamp: `'infinity'` },
  ...{ timestamptz: `'2024-01-01 00:00:00.123456+00'`, interval: `'1 mon -2 days 03:04:05.000006'` },
  ...{ 'int[]': `'{1,NULL}'`, 'json[]': `ARRAY['{}']::json[]`, int4range: `'[1,3)'`, inet: `'10.0.0.1'` },
  ...{ 'bit(3)': `'101'`, tsvector: `'a:1 b:2'`, point: `'(1,2)'`, polygon: `'((0,0),(1,1),(1,0))'` },
  ...{ box: `'(1,1),(0,0)'`, circle: `'<(0,0),2>'`, line: `'{1,2,3}'`, path: `'[(0,0),(1,1)]'`, xid: `'7'` },
};

const typesOfMysql = {
  ...{ 'bigint unsigned': '18446744073709551615', 'decimal(30,4)': '12345678901234567890.1000' },
  ...{ float: '0.1', double: '0.1', 'bit(10)': `b'1000000001'`, 'tinyint(1)': '2', year: '2024' },
  ...{
    'varchar(20)': `'a%b'`,
    'char(5)': `'ab'`,
    text: `'long'`,
    'varbinary(8)': `x'00ff'`,
    blob: `x'0102'`,
  },
  ...{ "enum('x','y')": `'y'`, "set('p','q')": `'p,q'`, json: `'{"a": 1}'` },
  ...{ date: `'2024-02-29'`, 'time(6)': `'-838:59:59'`, 'datetime(6)': `'2024-01-01 00:00:00.123456'` },
  ...{ 'timestamp(3) null': `'2024-01-01 00:00:00.123'`, point: `ST_GeomFromText('POINT(1 2)')` },
};

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

/** What holds for a column whatever its type is. */
function everyTypeConforms(
  under: () => ReturnType<typeof openTables>,
  types: Readonly<Record<string, string>>,
): void {
  it('are sorted, and filtered by a value as it is shown, with NULL told apart from it', async () => {
    const { column } = await under();
    const found: Record<string, unknown> = {};
    const wanted: Record<string, unknown> = {};
    for (const [index, type] of Object.keys(types).entries()) {
      const at = index + 1;
      const [value] = await column('typed', at);
      const ids = async (operator: FilterOperator, text = String(value)) =>
        column('typed', 0, { filters: [{ column: at, operator, value: text }] }).catch(messageOf);
      const sorted = (descending: boolean) =>
        column('typed', 0, { sort: [{ column: at, descending }] }).catch(messageOf);
      found[type] = {
        sorted: [await sorted(false), await sorted(true)],
        equals: await ids('equals'),
        differs: await ids('differs'),
        contains: await ids('contains'),
        excludes: await ids('excludes'),
      };
      wanted[type] = {
        sorted: [
          ['1', '2'],
          ['1', '2'],
        ],
        ...{ equals: ['1'], differs: ['2'], contains: ['1'], excludes: ['2'] },
      };
    }
    expect(found).toEqual(wanted);
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

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

describe('columns of every type (PostgreSQL)', () => {
  const schema = 'table_types';
  const { create, fill } = typedTable(typesOfPostgres);
  const begin = [
    `DROP SCHEMA IF EXISTS ${schema} CASCADE`,
    `CREATE SCHEMA ${schema}`,
    create.replace('typed', `${schema}.typed`),
    fill.replace('typed', `${schema}.typed`),
  ];
  everyTypeConforms(() => openTables(QueryUnderTest.postgres(), schema, begin), typesOfPostgres);
});

describe('columns of every type (MariaDB)', () => {
  const { create, fill } = typedTable(typesOfMysql);
  const begin = ['DROP TABLE IF EXISTS typed', create, fill];
  const under = async () => openTables(await QueryUnderTest.mariadb(), 'query_under_test', begin);
  everyTypeConforms(under, typesOfMysql);
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
