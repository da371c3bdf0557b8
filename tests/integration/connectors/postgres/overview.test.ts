import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { PostgresConnector } from '../../../../src/main/connectors/postgres/PostgresConnector.ts';
import { type ServerInfo, schemaPreviewSchema } from '../../../../src/shared/model/testReport.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';
import { knowsEmptyTables } from '../../../support/testedPostgres.ts';

const server = inject('postgres');
const database = 'overview';
const quiet = { signal: neverAborted };
const { catalogue } = new PostgresConnector(systemClock);

const openOwner = (name: string) =>
  openSession(fieldsFor({ ...server, database: name }), { password: server.password });
const openGuest = (name: string) =>
  openSession(fieldsFor({ ...server, database: name, user: 'guest' }), { password: 'pw-guest' });

/** Makes a database with these tables; the session is its owner's. */
async function createDatabase(name: string, statements: readonly string[]): Promise<SqlConnection> {
  const admin = await openSession(fieldsFor(server), { password: server.password });
  await admin.query({ text: `CREATE DATABASE ${name}` }, quiet);
  await admin.close();
  const owner = await openOwner(name);
  for (const text of statements) await owner.query({ text }, quiet);
  return owner;
}

const factOf = ({ facts }: ServerInfo, wanted: string) => facts.find(({ key }) => key === wanted)?.value;

const previewOf = async (connection: SqlConnection) =>
  schemaPreviewSchema.parse((await catalogue.overview(connection, quiet)).preview);

/** The preview of a database with these tables. */
async function previewWith(name: string, statements: readonly string[]) {
  const owner = await createDatabase(name, statements);
  try {
    return await previewOf(owner);
  } finally {
    await owner.close();
  }
}

let reader: SqlConnection;

beforeAll(async () => {
  const owner = await createDatabase(database, [
    "CREATE ROLE guest LOGIN PASSWORD 'pw-guest'",
    'CREATE TABLE small (a int)',
    'INSERT INTO small VALUES (1), (2), (3)',
    'CREATE TABLE large (a int)',
    'INSERT INTO large SELECT i FROM generate_series(1, 20000) i',
    'CREATE TABLE forbidden (a int)',
    'ANALYZE',
    'GRANT SELECT ON small, large TO guest',
  ]);
  await owner.close();
  reader = await openGuest(database);
});

afterAll(() => reader.close());

describe('overview', () => {
  it('tells the same of the server as serverInfo', async () => {
    const { server: info } = await catalogue.overview(reader, quiet);
    expect(info).toEqual(await catalogue.serverInfo(reader, quiet));
  });

  it('shows the first schema of the search path, small tables counted and large ones estimated', async () => {
    const preview = await previewOf(reader);
    expect(preview).toMatchObject({ schema: 'public', relationCount: 3 });
    expect(preview.relations).toEqual([
      {
        name: 'forbidden',
        columnCount: 1,
        rows: knowsEmptyTables ? { value: 0, accuracy: 'estimate' } : null,
      },
      { name: 'large', columnCount: 1, rows: { value: 20_000, accuracy: 'estimate' } },
      { name: 'small', columnCount: 1, rows: { value: 3, accuracy: 'exact' } },
    ]);
  });

  it('asks in one statement, and in one more where there is something to count', async () => {
    const texts: string[] = [];
    const counting: SqlConnection = Object.create(reader, {
      query: {
        value: (...[statement, options]: Parameters<SqlConnection['query']>) => {
          texts.push(statement.text);
          return reader.query(statement, options);
        },
      },
    });
    await catalogue.overview(counting, quiet);
    expect(texts).toHaveLength(2);
    expect(texts[1]).toContain('count(*) FROM "public"."small"');
  });

  it('does without counts when a table is locked', async () => {
    const holder = await openOwner(database);
    await holder.query({ text: 'BEGIN' }, quiet);
    await holder.query({ text: 'LOCK TABLE public.small' }, quiet);
    const preview = await previewOf(reader);
    await holder.close();
    expect(preview.relations.at(-1)).toMatchObject({
      name: 'small',
      rows: { value: 3, accuracy: 'estimate' },
    });
    await reader.ping(quiet);
  });

  it('takes a table with large children for a large one', async () => {
    const preview = await previewWith('inherited', [
      'CREATE TABLE parent (id int)',
      'CREATE TABLE child () INHERITS (parent)',
      'INSERT INTO child SELECT i FROM generate_series(1, 60000) i',
      'ANALYZE',
    ]);
    expect(preview.relations.find(({ name }) => name === 'parent')?.rows).toEqual({
      value: 60_000,
      accuracy: knowsEmptyTables ? 'estimate' : 'at-least',
    });
  });

  it('counts tables of which nothing is known before it trusts estimates of many', async () => {
    const preview = await previewWith('many', [
      ...Array.from({ length: 30 }, (_, index) => `CREATE TABLE t${index} AS SELECT 1 AS a`),
      'ANALYZE',
      'CREATE TABLE unknown AS SELECT generate_series(1, 7)',
    ]);
    const accuracies = preview.relations.map(({ name, rows }) => [name, rows?.value, rows?.accuracy]);
    expect(accuracies).toContainEqual(['unknown', 7, 'exact']);
    expect(accuracies).toContainEqual(['t0', 1, 'estimate']);
  });

  it('says where the tables are when they are in other schemas, the fullest first', async () => {
    const schemas = ['one', 'two', 'three', 'four', 'five', 'six'];
    const preview = await previewWith('elsewhere', [
      ...schemas.map((name) => `CREATE SCHEMA ${name}`),
      ...schemas.flatMap((name, index) =>
        Array.from({ length: index + 1 }, (_, table) => `CREATE TABLE ${name}.t${table} (a int)`),
      ),
      'CREATE SCHEMA empty',
    ]);
    expect(preview).toEqual({
      schema: 'public',
      relations: [],
      relationCount: 0,
      otherSchemas: [
        { name: 'six', relationCount: 6 },
        { name: 'five', relationCount: 5 },
        { name: 'four', relationCount: 4 },
        { name: 'three', relationCount: 3 },
        { name: 'two', relationCount: 2 },
      ],
      otherSchemaCount: 6,
      otherRelationCount: 21,
    });
  });

  it('says where the tables are when the search path leads nowhere', async () => {
    const preview = await previewWith('nowhere', [
      'CREATE TABLE public.a (a int)',
      'SET search_path = missing',
    ]);
    expect(preview).toMatchObject({
      schema: null,
      relations: [],
      relationCount: 0,
      otherSchemas: [{ name: 'public', relationCount: 1 }],
    });
  });
});

describe('what a role may not see', () => {
  const denied = 'denied';
  let guest: SqlConnection;

  beforeAll(async () => {
    const owner = await createDatabase(denied, [
      'CREATE TABLE public.seen (a int)',
      'REVOKE SELECT ON pg_catalog.pg_roles, pg_catalog.pg_settings, pg_catalog.pg_database FROM PUBLIC',
    ]);
    await owner.close();
    guest = await openGuest(denied);
  });
  afterAll(() => guest.close());

  const asOwner = async (text: string) => {
    const owner = await openOwner(denied);
    await owner.query({ text }, quiet);
    await owner.close();
  };

  it('of roles and settings is not needed', async () => {
    const { server: info, preview } = await catalogue.overview(guest, quiet);
    expect(info.isSuperuser).toBe(false);
    expect(factOf(info, 'user')).toEqual({ type: 'text', text: 'guest' });
    expect(factOf(info, 'timeZone')).toMatchObject({ type: 'text' });
    expect(preview?.relations.map(({ name }) => name)).toEqual(['seen']);
  });

  it('is not known, and everything else is', async () => {
    await asOwner(
      'REVOKE EXECUTE ON FUNCTION pg_catalog.version(), pg_catalog.pg_postmaster_start_time FROM PUBLIC',
    );
    const { server: info, preview } = await catalogue.overview(guest, quiet);
    expect(info).toMatchObject({ product: null, startedAt: null, isSuperuser: false });
    expect(factOf(info, 'version')).toBeNull();
    expect(factOf(info, 'database')).toEqual({ type: 'text', text: denied });
    expect(info.versionNumber).toMatch(/^\d+/);
    expect(preview?.relationCount).toBe(1);
  });

  it('does not decide, even when it is the list of all tables', async () => {
    await asOwner('REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC');
    const { server: info, preview } = await catalogue.overview(guest, quiet);
    expect(factOf(info, 'database')).toEqual({ type: 'text', text: denied });
    expect(preview).toBeNull();
    await guest.ping(quiet);
  });
});
