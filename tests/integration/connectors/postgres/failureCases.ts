/** How each failure of a statement that Mooring knows is made on a real server. */
export interface FailureCase {
  readonly code: string;
  /** Run first; may fail. */
  readonly before?: readonly string[];
  /** Run by another session, after `before`. */
  readonly other?: readonly string[];
  readonly sql: string;
  /** What the title names. */
  readonly names?: string;
}

const one = (code: string, sql: string, names?: string): FailureCase =>
  names === undefined ? { code, sql } : { code, sql, names };
const after = (code: string, before: readonly string[], sql: string): FailureCase => ({ code, before, sql });

/** What the cases work with. */
export const setUp: readonly string[] = [
  'CREATE TABLE items (id int PRIMARY KEY, name text NOT NULL, price numeric(6, 2) CHECK (price >= 0), code varchar(3))',
  "INSERT INTO items VALUES (1, 'Anchor', 10, 'a'), (2, 'Rope', 20, 'b')",
  'CREATE TABLE orders (id int PRIMARY KEY, item int REFERENCES items)',
  'INSERT INTO orders VALUES (1, 1)',
  'CREATE TABLE strict_orders (item int REFERENCES items ON DELETE RESTRICT)',
  'INSERT INTO strict_orders VALUES (2)',
  'CREATE TABLE stays (during int4range, EXCLUDE USING gist (during WITH &&))',
  "INSERT INTO stays VALUES ('[1,5)')",
  'CREATE VIEW cheap AS SELECT * FROM items WHERE price < 50 WITH CHECK OPTION',
  'CREATE TABLE sides (a text COLLATE "C", b text COLLATE "POSIX")',
  "INSERT INTO sides VALUES ('a', 'b')",
  'CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY, long text)',
  'CREATE INDEX ON numbered (long)',
  'CREATE SEQUENCE counted',
  "CREATE TYPE mood AS ENUM ('good')",
  "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
  "CREATE FUNCTION twice(date) RETURNS int LANGUAGE sql AS 'SELECT 1'",
  "CREATE FUNCTION open_end() RETURNS int LANGUAGE plpgsql AS 'BEGIN END'",
  "CREATE FUNCTION deep(int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN deep($1); END'",
  'CREATE EXTENSION dblink',
];

const names: readonly FailureCase[] = [
  one('42601', 'SELECT 1 FORM items x', 'items'),
  one('42P01', 'SELECT * FROM ordres', 'ordres'),
  one('42703', 'SELECT nmae FROM items', 'nmae'),
  one('42883', 'SELECT lenght(name) FROM items', 'lenght'),
  one('42704', 'SELECT 1::nosuch_type', 'nosuch_type'),
  one('3F000', 'CREATE TABLE nosuch.t (a int)'),
  one('3D000', 'DROP DATABASE nosuch_database'),
  one('42702', 'SELECT id FROM items, orders', 'id'),
  one('42725', "SELECT twice('1')", 'twice'),
  after('42P09', ['CREATE TEMP TABLE items (a int)'], 'SELECT items.ctid FROM pg_temp.items, failures.items'),
  one('42712', 'SELECT 1 FROM items a, orders a'),
  one('42804', 'SELECT 1 UNION SELECT true'),
  one('42846', "SELECT point '(1,2)'::int"),
  one('42803', 'SELECT name, count(*) FROM items GROUP BY id / 2', 'name'),
  one('42P20', 'SELECT 1 WHERE row_number() OVER () = 1'),
  one('42P10', "INSERT INTO items VALUES (3, 'x', 1) ON CONFLICT (name) DO NOTHING"),
  one('42P02', "DO $$ BEGIN EXECUTE 'SELECT $1'; END $$"),
  one('42P18', 'PREPARE p AS SELECT $1 IS NULL'),
  one('42P08', 'PREPARE p AS INSERT INTO items (id, name) VALUES ($1, $1)'),
  one('42P19', 'WITH RECURSIVE a AS (SELECT 1 UNION ALL SELECT 1 FROM a, a b) SELECT * FROM a'),
  one('42P21', `SELECT 'a' COLLATE "C" < 'b' COLLATE "POSIX"`),
  one('42P22', 'SELECT a < b FROM sides'),
  one('42P07', 'CREATE TABLE items (a int)'),
  one('42701', 'ALTER TABLE items ADD name text'),
  one('42710', "CREATE TYPE mood AS ENUM ('bad')"),
  one('42723', "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2'"),
  one('42P04', 'CREATE DATABASE template1'),
  one('42P06', 'CREATE SCHEMA failures'),
  one('42602', "SELECT 'a..b'::regclass"),
  one('42939', 'CREATE SCHEMA pg_mine'),
  one('42809', 'DROP VIEW items'),
];

const values: readonly FailureCase[] = [
  one('22P02', "SELECT 'twelve'::int"),
  one('22003', 'SELECT 2147483647 + 1'),
  one('22012', 'SELECT 1 / 0'),
  one('22001', "INSERT INTO items VALUES (3, 'x', 1, 'long')"),
  one('22007', "SELECT 'soon'::date"),
  one('22008', "SELECT '2026-02-31'::date"),
  one('22021', "SELECT convert_from('\\xff', 'UTF8')"),
  one('22P05', "SELECT convert_to('€', 'LATIN1')"),
  one('2201B', "SELECT 'a' ~ '['"),
  one('22025', "SELECT 'ab' LIKE 'a\\'"),
  one('22023', "SELECT set_config('TimeZone', 'Nowhere', false)"),
  one('22004', 'DO $$ BEGIN EXECUTE NULL; END $$'),
  one('22011', "SELECT substring('abc', 1, -1)"),
  one('2201E', 'SELECT ln(0)'),
  one('2201F', 'SELECT sqrt(-1)'),
  one('2201W', 'SELECT 1 LIMIT -1'),
  one('2201X', 'SELECT 1 OFFSET -1'),
  one('22013', 'SELECT sum(1) OVER (ROWS -1 PRECEDING)'),
  one('2202E', 'SELECT ARRAY[ARRAY[1], ARRAY[1, 2]]'),
  one('22030', "SELECT JSON_OBJECT('a': 1, 'a': 2 WITH UNIQUE KEYS)"),
  one('22033', "SELECT jsonb_path_query('[1]', 'strict $[5]')"),
  one('2203A', "SELECT jsonb_path_query('{}', 'strict $.a')"),
  one('22P04', "COPY items FROM PROGRAM 'echo 1'"),
  one('22009', "SELECT '12:00+99'::timetz"),
  one('21000', 'SELECT (SELECT id FROM items)'),
];

const rules: readonly FailureCase[] = [
  one('23505', "INSERT INTO items VALUES (1, 'Twin', 1)", 'items'),
  one('23503', 'INSERT INTO orders VALUES (2, 99)', 'orders_item_fkey'),
  one('23001', 'DELETE FROM items WHERE id = 2', 'strict_orders'),
  one('23502', 'INSERT INTO items (id) VALUES (3)', 'name of items'),
  one('23514', "INSERT INTO items VALUES (3, 'x', -1)", 'items_price_check'),
  one('23P01', "INSERT INTO stays VALUES ('[2,3)')", 'stays'),
  one('44000', "INSERT INTO cheap VALUES (3, 'x', 99)"),
  one('P0001', "DO $$ BEGIN RAISE EXCEPTION 'Not on Sundays'; END $$"),
  one('P0002', 'DO $$ DECLARE v int; BEGIN SELECT id INTO STRICT v FROM items WHERE id = 0; END $$'),
  one('P0003', 'DO $$ DECLARE v int; BEGIN SELECT id INTO STRICT v FROM items; END $$'),
  one('P0004', 'DO $$ BEGIN ASSERT false; END $$'),
];

const transactions: readonly FailureCase[] = [
  {
    code: '55P03',
    other: ['BEGIN', 'SELECT * FROM items FOR UPDATE'],
    sql: 'SELECT * FROM items FOR UPDATE NOWAIT',
  },
  {
    code: '40001',
    before: ['BEGIN ISOLATION LEVEL REPEATABLE READ', 'SELECT * FROM items'],
    other: ['UPDATE items SET price = price + 1 WHERE id = 1'],
    sql: 'UPDATE items SET price = 1 WHERE id = 1',
  },
  after('25001', ['BEGIN'], 'VACUUM'),
  after('25P02', ['BEGIN', 'SELECT 1 / 0'], 'SELECT 1'),
  one('25P01', 'SAVEPOINT here'),
  after('3B001', ['BEGIN'], 'ROLLBACK TO nowhere'),
  after('2D000', ['BEGIN'], 'DO $$ BEGIN COMMIT; END $$'),
  one('34000', 'FETCH nosuch'),
  after(
    '24000',
    ['BEGIN', 'DECLARE c CURSOR FOR SELECT * FROM items FOR UPDATE'],
    'UPDATE items SET price = 1 WHERE CURRENT OF c',
  ),
  after('42P03', ['BEGIN', 'DECLARE c CURSOR FOR SELECT 1'], 'DECLARE c CURSOR FOR SELECT 1'),
  one('26000', 'EXECUTE nosuch'),
  after('42P05', ['PREPARE ready AS SELECT 1'], 'PREPARE ready AS SELECT 1'),
  one('55006', 'DROP DATABASE failures_of_statements'),
  one('55000', "SELECT currval('counted')"),
  after('55P04', ['BEGIN', "ALTER TYPE mood ADD VALUE 'bad'"], "SELECT 'bad'::mood"),
  one('55P02', 'SET max_connections = 5'),
  after('25006', ['BEGIN READ ONLY'], 'DELETE FROM orders'),
];

const definitions: readonly FailureCase[] = [
  one('2BP01', 'DROP TABLE items'),
  one('42P16', 'ALTER TABLE items ADD PRIMARY KEY (name)'),
  one('42P17', 'CREATE INDEX ON items ((now()))'),
  one('42P13', "CREATE FUNCTION odd() RETURNS int LANGUAGE sql AS $$ SELECT 'x'::text $$"),
  one('42830', 'CREATE TABLE refers (name text REFERENCES items (name))'),
  one('428C9', 'INSERT INTO numbered (id) VALUES (7)'),
  one('0A000', 'SELECT * FROM other_database.public.items'),
  one('0LP01', 'GRANT pg_monitor TO pg_monitor'),
  one('2F005', 'SELECT open_end()'),
  one('58P01', "COPY items FROM '/nosuch/file'"),
];

const columns = (count: number): string => Array.from({ length: count }, () => '1').join(', ');

const limits: readonly FailureCase[] = [
  after('42501', ['SET ROLE pg_monitor'], 'SELECT * FROM failures.items'),
  after(
    '53400',
    ["SET temp_file_limit = '1kB'", "SET work_mem = '64kB'"],
    'SELECT count(*) FROM (SELECT g FROM generate_series(1, 40000) g ORDER BY md5(g::text) OFFSET 1) s',
  ),
  one(
    '54000',
    "INSERT INTO numbered (long) SELECT string_agg(md5(g::text), '') FROM generate_series(1, 1000) g",
  ),
  one('54001', 'SELECT deep(1)'),
  one('54011', `SELECT ${columns(1_665)}`),
  one('54023', `SELECT concat(${columns(101)})`),
  one('57014', 'SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(10)'),
  one('08001', "SELECT * FROM dblink('host=127.0.0.1 port=1', 'SELECT 1') AS t (a int)"),
];

export const failureCases: readonly FailureCase[] = [
  ...names,
  ...values,
  ...rules,
  ...transactions,
  ...definitions,
  ...limits,
];

/** Known, and not made here, with the reason. */
export const notMade: Readonly<Record<string, string>> = {
  '40P01': 'needs two sessions at once; made by itself',
  '53100': 'would fill the disk',
  '53200': 'would use up the memory of the server',
  '53300': 'is about connections that a statement opens',
  '58030': 'needs a disk with faults',
  XX000: 'is a bug of the server',
  XX001: 'needs a damaged table',
  XX002: 'needs a damaged index',
  HV000: 'needs a foreign server of another product',
};
