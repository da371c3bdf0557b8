import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { PostgresConnector } from '../../../../src/main/connectors/postgres/PostgresConnector.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';
import { readRelation } from '../../../support/readRelation.ts';
import { StatusProxy } from '../../../support/StatusProxy.ts';

const server = inject('postgres');
const database = 'families';
const quiet = { signal: neverAborted };
const { activity, catalogue, rows, writer } = new PostgresConnector(systemClock);

let admin: SqlConnection;

beforeAll(async () => {
  const first = await openSession(fieldsFor(server), { password: server.password });
  await first.query({ text: `CREATE DATABASE ${database}` }, quiet);
  await first.close();
  admin = await openSession(fieldsFor({ ...server, database }), { password: server.password });
  for (const text of [
    'CREATE TABLE orders (id int PRIMARY KEY, note varchar(20))',
    "INSERT INTO orders VALUES (1, 'a'), (2, 'b'), (3, NULL)",
    'CREATE VIEW latest AS SELECT max(id) AS id FROM orders',
    'SET allow_system_table_mods = on',
    `INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
       VALUES (99999, 'timescaledb', 10, 'public'::regnamespace, false, '2.17.2')`,
    `ALTER DATABASE ${database} SET "neon.timeline_id" = 'x'`,
  ]) {
    await admin.query({ text }, quiet);
  }
});

afterAll(() => admin?.close());

describe('the family of a server', () => {
  it('is told by extensions and by settings that only one host has', async () => {
    const session = await openSession(fieldsFor({ ...server, database }), { password: server.password });
    const { product, family } = await catalogue.serverInfo(session, quiet);
    expect(product).toBe('PostgreSQL');
    expect(family).toEqual({
      protocol: null,
      parts: [
        { name: 'TimescaleDB', version: '2.17.2' },
        { name: 'Neon', version: null },
      ],
      limits: [],
    });
    await session.close();
  });
});

describe('a server that is reached by another port than its own', () => {
  it('refuses the question for a pooler, and its session goes on', async () => {
    const proxy = await StatusProxy.start(server, 'of_no_importance');
    const session = await openSession(fieldsFor({ ...server, ...proxy.address, database }), {
      password: server.password,
    });
    expect((await catalogue.overview(session, quiet)).server.family.limits).toEqual([]);
    expect(session).toMatchObject({ isUsable: true, isInTransaction: false });
    expect((await session.query({ text: 'SELECT 7' }, quiet)).rows).toEqual([['7']]);
    await session.close();
    await proxy.dispose();
  });
});

/** A real PostgreSQL that reports at log-in what CockroachDB and Redshift report: neither can be run here. */
describe.each(['crdb_version', 'padb_version'])('a server that reports %s', (parameter) => {
  let proxy: StatusProxy;
  let session: SqlConnection;

  beforeAll(async () => {
    proxy = await StatusProxy.start(server, parameter);
    session = await openSession(fieldsFor({ ...server, ...proxy.address, database }), {
      password: server.password,
    });
  });

  afterAll(async () => {
    await session?.close();
    await proxy?.dispose();
  });

  it('is asked for nothing but tables and views', async () => {
    expect(catalogue.kindsOf?.(session).map(({ kind }) => kind)).toEqual(['table', 'view']);
    const reader = await catalogue.readNames(session, quiet);
    const found = (await reader.next(quiet)).filter(({ schema }) => schema === 'public');
    expect(found.map(({ name, kind }) => [name, kind])).toEqual([
      ['latest', 'view'],
      ['orders', 'table'],
    ]);
    const orders = { schema: 'public', name: 'orders', kind: 'table' } as const;
    const { columns, definition } = await catalogue.describe(session, orders, quiet);
    expect(columns).toMatchObject([
      { name: 'id', type: 'integer', isPrimaryKey: true },
      { name: 'note', type: 'character varying(20)', isPrimaryKey: false },
    ]);
    expect(definition).toBeNull();
    const missing = { ...orders, name: 'missing' };
    expect((await failureOf(catalogue.describe(session, missing, quiet))).code).toBe('NOT_FOUND');
  });

  it('shows its tables, their rows and what is switched off', async () => {
    const { server: info, preview } = await catalogue.overview(session, quiet);
    expect(info.family).toMatchObject({
      protocol: 'PostgreSQL',
      limits: expect.arrayContaining(['catalogue']),
    });
    expect(preview?.relations).toContainEqual({ name: 'orders', columnCount: 2, rows: null });
    const orders = { schema: 'public', name: 'orders' };
    const stream = await readRelation(rows, session, orders, 10, quiet);
    expect(await stream.next(10)).toHaveLength(3);
    await stream.close();
    expect(await catalogue.countRows(session, orders, quiet)).toMatchObject({ value: 3 });
    expect(await catalogue.estimateRows(session, orders, quiet)).toBeNull();
    // A key that the server does not enforce tells no rows apart.
    const relation = await rows.find(session, orders, quiet);
    expect(relation.pageKey([])).toEqual(parameter === 'crdb_version' ? [0] : null);
    expect((await activity.reader(session).sample(quiet)).gaps).toHaveLength(2);
    expect((await failureOf(writer.describe(session, orders, quiet))).code).toBe('UNSUPPORTED');
  });

  it('does not write when its data source is read-only', async () => {
    const marked = await openSession(
      fieldsFor({ ...server, ...proxy.address, database }, { readOnly: true }),
      { password: server.password },
    );
    for (const lead of [null, 'BEGIN']) {
      if (lead !== null) await marked.query({ text: lead }, quiet);
      expect(
        await failureOf(marked.query({ text: "INSERT INTO orders VALUES (9, 'x')" }, quiet)),
      ).toMatchObject({
        code: 'READ_ONLY',
      });
      if (lead !== null) await marked.query({ text: 'ROLLBACK' }, quiet);
    }
    await marked.close();
  });
});
