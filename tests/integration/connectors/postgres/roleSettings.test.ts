import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { PostgresConnector } from '../../../../src/main/connectors/postgres/PostgresConnector.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';
import { readRelation } from '../../../support/readRelation.ts';

const server = inject('postgres');
const database = 'role_settings';
const quiet = { signal: neverAborted };
const { catalogue, rows: rowReader } = new PostgresConnector(systemClock);

const setUp = [
  `CREATE ROLE peculiar LOGIN PASSWORD 'pw-peculiar'`,
  `CREATE TYPE public."Mood" AS ENUM ('good', 'bad')`,
  `CREATE TABLE public.orders (
     id int PRIMARY KEY, "Mood" public."Mood" DEFAULT 'good', note text DEFAULT E'a\\\\b',
     placed date DEFAULT date '2026-11-28', lasts interval DEFAULT interval '-1 day 2 hours',
     price float8 DEFAULT 0.1, bytes bytea DEFAULT '\\xdeadbeef')`,
  'CREATE INDEX by_note ON public.orders (lower(note)) WHERE note <> $$C:\\temp$$',
  'INSERT INTO public.orders (id) SELECT generate_series(1, 3)',
  `CREATE VIEW public.totals AS SELECT "Mood", sum(price) AS price FROM public.orders GROUP BY "Mood"`,
  'CREATE TABLE public.secured (n int)',
  'INSERT INTO public.secured VALUES (1), (2)',
  'ALTER TABLE public.secured ENABLE ROW LEVEL SECURITY',
  'CREATE POLICY first ON public.secured USING (n = 1)',
  // The view needs the path of the role: its function names a table without its schema.
  'CREATE SCHEMA evil',
  'CREATE TABLE evil.names (n text)',
  `INSERT INTO evil.names VALUES ('found')`,
  'CREATE FUNCTION evil.named() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT n FROM names); END $$',
  'CREATE VIEW evil.by_path AS SELECT evil.named() AS n',
  // What stands before pg_catalog in a search path can take the place of its operators.
  'CREATE FUNCTION evil.never(name, name) RETURNS bool LANGUAGE sql AS $$ SELECT false $$',
  'CREATE OPERATOR evil.= (LEFTARG = name, RIGHTARG = name, FUNCTION = evil.never)',
  'CREATE FUNCTION evil.count() RETURNS bigint LANGUAGE sql AS $$ SELECT -1::bigint $$',
  'GRANT USAGE ON SCHEMA evil TO peculiar',
  'GRANT SELECT ON ALL TABLES IN SCHEMA public, evil TO peculiar',
  'ANALYZE',
];

const hostile: readonly (readonly [name: string, value: string])[] = [
  ['standard_conforming_strings', 'off'],
  ['client_encoding', "'LATIN1'"],
  ['DateStyle', "'German, DMY'"],
  ['IntervalStyle', "'sql_standard'"],
  ['bytea_output', "'escape'"],
  ['extra_float_digits', '-15'],
  ['quote_all_identifiers', 'on'],
  ['row_security', 'off'],
  ['client_min_messages', "'debug5'"],
  ['search_path', 'evil, pg_catalog'],
  ['default_transaction_isolation', "'serializable'"],
  ['default_transaction_deferrable', 'on'],
  ['default_transaction_read_only', 'on'],
  ['statement_timeout', "'1ms'"],
  ['idle_in_transaction_session_timeout', "'1ms'"],
  ['lock_timeout', "'1min'"],
  ['backslash_quote', "'on'"],
  ['xmloption', "'document'"],
  ['transform_null_equals', 'on'],
  ['array_nulls', 'off'],
];

let admin: SqlConnection;
/** For a role with no settings of its own. */
let expected: { readonly database: unknown; readonly statements: unknown };

const run = (text: string) => admin.query({ text }, quiet);
const open = () =>
  openSession(fieldsFor({ ...server, database, user: 'peculiar' }), { password: 'pw-peculiar' });

async function rowsOf(session: SqlConnection, schema: string, name: string): Promise<unknown> {
  const reader = await readRelation(rowReader, session, { schema, name }, 10, quiet);
  const rows = await reader.next(10);
  await reader.close();
  return [reader.columns, rows];
}

/** What Mooring reads of the database. */
const readDatabase = () =>
  withSession(async (session) => {
    const details = [];
    for (const name of ['orders', 'totals', 'secured']) {
      const relation = { schema: 'public', name };
      details.push(await catalogue.describe(session, { ...relation, kind: 'table' }, quiet));
      details.push(await catalogue.countRows(session, relation, quiet));
      details.push(await rowsOf(session, 'public', name));
    }
    const reader = await catalogue.readNames(session, quiet);
    const names = await reader.next(quiet);
    await reader.close();
    return { details, schemas: reader.schemas, names };
  });

/** How a person's statements and transactions go, and how their errors are understood. */
const runStatements = () =>
  withSession(async (session) => {
    const failed = [];
    for (const text of ['SELECT 1/0', 'SELECT * FROM public.nowhere', 'SELEC']) {
      const { code, driverCode } = await failureOf(session.query({ text }, quiet));
      failed.push([code, driverCode]);
    }
    const states = [];
    for (const text of ['BEGIN', 'SELECT id FROM public.orders', 'SELECT 1/0', 'ROLLBACK']) {
      await session.query({ text }, quiet).catch(() => undefined);
      states.push(session.isInTransaction);
    }
    const text = `SELECT date '2026-11-28', decode('deadbeef', 'hex'), 0.1::float8, interval '1 day 2:00', 'ö€'`;
    const { rows } = await session.query({ text }, quiet);
    return { failed, states, rows };
  });

async function withSession<Value>(work: (session: SqlConnection) => Promise<Value>): Promise<Value> {
  const session = await open();
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

beforeAll(async () => {
  const first = await openSession(fieldsFor(server), { password: server.password });
  await first.query({ text: `CREATE DATABASE ${database}` }, quiet);
  await first.close();
  admin = await openSession(fieldsFor({ ...server, database }), { password: server.password });
  for (const text of setUp) await run(text);
  expected = { database: await readDatabase(), statements: await runStatements() };
  // A deferrable transaction would wait for this one.
  await run('BEGIN ISOLATION LEVEL SERIALIZABLE');
  await run('SELECT id FROM public.orders');
  await run('INSERT INTO public.secured VALUES (3)');
});

afterAll(() => admin.close());

async function asAdministrator(text: string): Promise<void> {
  const session = await openSession(fieldsFor({ ...server, database }), { password: server.password });
  await session.query({ text }, quiet);
  await session.close();
}

describe('what a role has set for itself', () => {
  it.each(hostile)('changes nothing that Mooring reads: %s = %s', async (name, value) => {
    await asAdministrator('ALTER ROLE peculiar RESET ALL');
    await asAdministrator(`ALTER ROLE peculiar SET ${name} = ${value}`);
    expect(await readDatabase()).toEqual(expected.database);
    expect(await runStatements()).toEqual(expected.statements);
  });

  it('changes nothing when it is all of that at once', async () => {
    for (const [name, value] of hostile) await asAdministrator(`ALTER ROLE peculiar SET ${name} = ${value}`);
    expect(await readDatabase()).toEqual(expected.database);
    // A person's own statements wait for it, as the role asks; Mooring's have not.
    await run('ROLLBACK');
    expect(await runStatements()).toEqual(expected.statements);
    const { preview } = await withSession((session) => catalogue.overview(session, quiet));
    expect(preview).toMatchObject({ schema: 'evil', relationCount: 2 });
  });

  it('still decides where functions of a view look for names, and which schema is shown first', async () => {
    await asAdministrator('ALTER ROLE peculiar RESET ALL');
    await asAdministrator('ALTER ROLE peculiar SET search_path = evil, public');
    await withSession(async (session) => {
      expect(await rowsOf(session, 'evil', 'by_path')).toEqual([
        [{ name: 'n', type: 'text', kind: 'text' }],
        [['found']],
      ]);
      expect((await catalogue.overview(session, quiet)).preview?.schema).toBe('evil');
    });
  });
});

describe("a person's own settings in a session", () => {
  it('change nothing that Mooring reads in it, and stay', async () => {
    await asAdministrator('ALTER ROLE peculiar RESET ALL');
    await withSession(async (session) => {
      const orders = { schema: 'public', name: 'orders' };
      const before = [
        await catalogue.describe(session, { ...orders, kind: 'table' }, quiet),
        await rowsOf(session, 'public', 'orders'),
      ];
      for (const [name, value] of hostile.filter(([setting]) => !setting.endsWith('_timeout'))) {
        await session.query({ text: `SET ${name} = ${value}` }, quiet);
      }
      const after = [
        await catalogue.describe(session, { ...orders, kind: 'table' }, quiet),
        await rowsOf(session, 'public', 'orders'),
      ];
      expect(after).toEqual(before);
      expect((await session.query({ text: 'SHOW DateStyle' }, quiet)).rows).toEqual([['German, DMY']]);
    });
  });

  it('go back to the pinned values with RESET ALL and DISCARD ALL, not to those of the role', async () => {
    await asAdministrator("ALTER ROLE peculiar SET bytea_output = 'escape'");
    await withSession(async (session) => {
      for (const reset of ['RESET ALL', 'DISCARD ALL']) {
        await session.query({ text: `SET bytea_output = 'escape'` }, quiet);
        await session.query({ text: reset }, quiet);
        expect((await session.query({ text: 'SHOW bytea_output' }, quiet)).rows).toEqual([['hex']]);
      }
    });
  });
});
