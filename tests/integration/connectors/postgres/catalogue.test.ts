import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { PostgresConnector } from '../../../../src/main/connectors/postgres/PostgresConnector.ts';
import {
  type CatalogueNode,
  nameBatchSchema,
  nodeDetailSchema,
  type SchemaName,
} from '../../../../src/shared/model/schemaTree.ts';
import { serverInfoSchema } from '../../../../src/shared/model/testReport.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';
import { readRelation } from '../../../support/readRelation.ts';
import { knowsEmptyTables } from '../../../support/testedPostgres.ts';

const server = inject('postgres');
const database = 'describer';
const quiet = { signal: neverAborted };
const { catalogue, rows: rowReader } = new PostgresConnector(systemClock);

const odd = 'Ödd "schema"; --';
const oddTable = 'User';
const oddView = "it's a 📈 view";

/** One statement each. */
const setUp = [
  `CREATE SCHEMA "Ödd ""schema""; --"`,
  `COMMENT ON SCHEMA "Ödd ""schema""; --" IS 'a comment'`,
  `CREATE TYPE "Ödd ""schema""; --"."Mood" AS ENUM ('good', 'bad')`,
  `CREATE TABLE "Ödd ""schema""; --"."User" (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     "E-mail" varchar(255) NOT NULL UNIQUE,
     mood "Ödd ""schema""; --"."Mood" DEFAULT 'good',
     dropped int,
     price numeric(10,2), quantity int,
     total numeric GENERATED ALWAYS AS (price * quantity) STORED)`,
  `ALTER TABLE "Ödd ""schema""; --"."User" DROP COLUMN dropped`,
  `COMMENT ON COLUMN "Ödd ""schema""; --"."User"."E-mail" IS 'where to write'`,
  `COMMENT ON TABLE "Ödd ""schema""; --"."User" IS 'people'`,
  `CREATE INDEX "Lower mail" ON "Ödd ""schema""; --"."User" (lower("E-mail"))`,
  `INSERT INTO "Ödd ""schema""; --"."User" ("E-mail", price, quantity)
   SELECT 'p' || i || '@example.com', i, 2 FROM generate_series(1, 1000) i`,
  `CREATE TABLE "Ödd ""schema""; --"."order" (
     owner bigint REFERENCES "Ödd ""schema""; --"."User" (id), note text)`,
  `CREATE VIEW "Ödd ""schema""; --"."it's a 📈 view" AS SELECT id FROM "Ödd ""schema""; --"."User"`,
  `CREATE MATERIALIZED VIEW "Ödd ""schema""; --".summary AS SELECT count(*) AS n FROM "Ödd ""schema""; --"."User"`,
  `CREATE VIEW "Ödd ""schema""; --".broken AS SELECT 1 / (count(*) - count(*)) AS oops FROM pg_catalog.pg_class`,
  `CREATE TABLE "Ödd ""schema""; --".events (at date NOT NULL, what text) PARTITION BY RANGE (at)`,
  `CREATE TABLE "Ödd ""schema""; --".events_2025 PARTITION OF "Ödd ""schema""; --".events
     FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')`,
  `CREATE TABLE "Ödd ""schema""; --".events_2026 PARTITION OF "Ödd ""schema""; --".events
     FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY RANGE (at)`,
  `CREATE TABLE "Ödd ""schema""; --".events_2026_h1 PARTITION OF "Ödd ""schema""; --".events_2026
     FOR VALUES FROM ('2026-01-01') TO ('2026-07-01')`,
  `INSERT INTO "Ödd ""schema""; --".events SELECT date '2025-01-01' + i, 'x' FROM generate_series(0, 499) i`,
  `CREATE EXTENSION IF NOT EXISTS file_fdw`,
  `CREATE SERVER files FOREIGN DATA WRAPPER file_fdw`,
  `CREATE FOREIGN TABLE "Ödd ""schema""; --".foreign_thing (line text) SERVER files OPTIONS (filename '/dev/null')`,
  `CREATE VIEW public.endless AS SELECT generate_series(1, 1000000000) AS i`,
  `CREATE TABLE public.large (a int)`,
  `INSERT INTO public.large SELECT i FROM generate_series(1, 20000) i`,
  `CREATE TABLE public.forbidden (a int)`,
  `ANALYZE`,
];

let session: SqlConnection;
let reader: SqlConnection;

beforeAll(async () => {
  const admin = await openSession(fieldsFor(server), { password: server.password });
  await admin.query({ text: `CREATE DATABASE ${database}` }, quiet);
  await admin.query({ text: "CREATE ROLE reader LOGIN PASSWORD 'pw-reader'" }, quiet);
  await admin.close();
  session = await openSession(fieldsFor({ ...server, database }), { password: server.password });
  for (const text of setUp) await session.query({ text }, quiet);
  await session.query({ text: 'GRANT SELECT ON public.large TO reader' }, quiet);
  reader = await openSession(fieldsFor({ ...server, database, user: 'reader' }), { password: 'pw-reader' });
});

afterAll(async () => {
  await Promise.all([session.close(), reader.close()]);
});

const parse = <Value>(schema: { parse(value: unknown): Value }, value: unknown): Value => schema.parse(value);

describe('serverInfo', () => {
  it('tells what the server and the session are', async () => {
    const info = parse(serverInfoSchema, await catalogue.serverInfo(reader, quiet));
    expect(info).toMatchObject({
      product: 'PostgreSQL',
      isSuperuser: false,
      readOnly: false,
      tls: { active: false },
    });
    const facts = Object.fromEntries(info.facts.map(({ key, value }) => [key, value]));
    expect(facts).toMatchObject({
      version: { text: expect.stringContaining(`PostgreSQL ${info.versionNumber}`) },
      database: { type: 'text', text: database },
      user: { type: 'text', text: 'reader' },
      clientEncoding: { type: 'text', text: 'UTF8' },
    });
    expect(Math.abs(Date.now() - (info.startedAt ?? 0))).toBeLessThan(3_600_000);
  });

  it('tells that a session is read-only, and that its user still reaches files of the server', async () => {
    const readOnly = await openSession(fieldsFor(server, { readOnly: true }), { password: server.password });
    expect(await catalogue.serverInfo(readOnly, quiet)).toMatchObject({
      readOnly: true,
      reachesServer: true,
    });
    await readOnly.close();
  });
});

/** All names, and the sizes of the batches in which they came. */
async function readNames(connection: SqlConnection) {
  const reader = await catalogue.readNames(connection, quiet);
  const relations: CatalogueNode[] = [];
  const sizes: number[] = [];
  for (let batch = await reader.next(quiet); batch.length > 0; batch = await reader.next(quiet)) {
    sizes.push(parse(nameBatchSchema, { begin: null, nodes: batch }).nodes.length);
    relations.push(...batch);
  }
  const schemas: readonly SchemaName[] = reader.schemas;
  await reader.close();
  return { schemas, relations, sizes };
}

/** Those of one schema by name, as `name kind rows parent`. */
const namesIn = (relations: readonly CatalogueNode[], schema: string): unknown[] =>
  relations
    .filter((relation) => relation.schema === schema)
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, kind, rows, parentId }) => [
      name,
      kind,
      rows?.value ?? null,
      relations.find(({ id }) => id === parentId)?.name ?? null,
    ]);

describe('readNames', () => {
  it("lists people's schemas first, with their comments", async () => {
    const { schemas } = await readNames(session);
    expect(schemas.map(({ name, isSystem }) => `${name} ${isSystem}`)).toEqual([
      'public false',
      `${odd} false`,
      'information_schema true',
      'pg_catalog true',
    ]);
    expect(schemas[1]).toEqual({ name: odd, comment: 'a comment', isSystem: false });
  });

  it('lists every kind with its estimate, a partitioned table with those of its partitions', async () => {
    const { relations } = await readNames(session);
    expect(namesIn(relations, odd)).toEqual([
      ['Mood', 'enum', null, null],
      [oddTable, 'table', 1_000, null],
      ['broken', 'view', null, null],
      ['events', 'partitioned-table', 500, null],
      ['events_2025', 'partition', 365, 'events'],
      ['events_2026', 'partitioned-table', 135, 'events'],
      ['events_2026_h1', 'partition', 135, 'events_2026'],
      ['foreign_thing', 'foreign-table', null, null],
      [oddView, 'view', null, null],
      ['order', 'table', knowsEmptyTables ? 0 : null, null],
      ['summary', 'materialized-view', 1, null],
    ]);
    const table = relations.find(({ name }) => name === oddTable);
    expect(table).toMatchObject({ comment: 'people', rows: { accuracy: 'estimate' } });
  });

  it('comes in batches, and leaves the session free', async () => {
    const { relations, sizes } = await readNames(session);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(relations.length);
    expect(session.isInTransaction).toBe(false);
  });

  it('leaves the session free when it is given up half way', async () => {
    const reader = await catalogue.readNames(session, quiet);
    expect(await failureOf(reader.next({ signal: AbortSignal.abort() }))).toMatchObject({
      code: 'CANCELLED',
    });
    await reader.close();
    expect(session.isInTransaction).toBe(false);
  });

  it('leaves out tables of temporary schemas', async () => {
    await session.query({ text: 'CREATE TEMPORARY TABLE fleeting (a int)' }, quiet);
    const { relations } = await readNames(session);
    expect(relations.map(({ name }) => name)).not.toContain('fleeting');
    await session.query({ text: 'DROP TABLE fleeting' }, quiet);
  });
});

describe('estimates', () => {
  const rowsOf = async (schema: string) => {
    const { relations } = await readNames(session);
    return Object.fromEntries(
      relations.filter((relation) => relation.schema === schema).map(({ name, rows }) => [name, rows]),
    );
  };
  const run = async (...statements: string[]) => {
    for (const text of statements) await session.query({ text }, quiet);
  };

  it('of an inheritance parent include its children at any depth, each once', async () => {
    await run(
      'CREATE SCHEMA inheritance',
      'CREATE TABLE inheritance.parent (id int, note text)',
      'CREATE TABLE inheritance.child () INHERITS (inheritance.parent)',
      'CREATE TABLE inheritance.other_child () INHERITS (inheritance.parent)',
      'CREATE TABLE inheritance.grandchild () INHERITS (inheritance.child, inheritance.other_child)',
      'INSERT INTO inheritance.child SELECT i FROM generate_series(1, 60000) i',
      'INSERT INTO inheritance.grandchild SELECT i FROM generate_series(1, 500) i',
      'ANALYZE inheritance.parent, inheritance.child, inheritance.other_child, inheritance.grandchild',
    );
    expect(await rowsOf('inheritance')).toMatchObject({
      parent: { value: 60_500, accuracy: knowsEmptyTables ? 'estimate' : 'at-least' },
      child: { value: 60_500, accuracy: 'estimate' },
      grandchild: { value: 500, accuracy: 'estimate' },
    });
  });

  it('with a member that was never analysed are a lower bound, or nothing', async () => {
    await run(
      'CREATE SCHEMA partly',
      'CREATE TABLE partly.events (id int) PARTITION BY RANGE (id)',
      'CREATE TABLE partly.first PARTITION OF partly.events FOR VALUES FROM (0) TO (100)',
      'CREATE TABLE partly.rest PARTITION OF partly.events FOR VALUES FROM (100) TO (100000) PARTITION BY RANGE (id)',
      'CREATE TABLE partly.deep PARTITION OF partly.rest FOR VALUES FROM (100) TO (100000)',
      'ALTER TABLE partly.deep SET (autovacuum_enabled = false)',
      'INSERT INTO partly.events SELECT i FROM generate_series(0, 50000) i',
      'ANALYZE partly.first',
      'CREATE TABLE partly.unloved (id int)',
      'CREATE TABLE partly.hollow (id int) PARTITION BY RANGE (id)',
    );
    expect(await rowsOf('partly')).toEqual({
      events: { value: 100, accuracy: 'at-least' },
      first: { value: 100, accuracy: 'estimate' },
      rest: null,
      deep: null,
      unloved: null,
      hollow: { value: 0, accuracy: 'estimate' },
    });
  });

  it('know a partition by its identity, also when a stranger has the name of its parent', async () => {
    await run(
      'CREATE SCHEMA live',
      'CREATE SCHEMA archive',
      'CREATE TABLE live.events (id int) PARTITION BY RANGE (id)',
      'CREATE TABLE archive.events_2024 PARTITION OF live.events FOR VALUES FROM (0) TO (100)',
      'CREATE TABLE archive.events (id int)',
    );
    const { relations } = await readNames(session);
    const find = (schema: string, name: string) =>
      relations.find((relation) => relation.schema === schema && relation.name === name);
    expect(find('archive', 'events_2024')?.parentId).toBe(find('live', 'events')?.id);
  });
});

describe('describe', () => {
  it('tells columns and indexes of a table', async () => {
    const detail = parse(
      nodeDetailSchema,
      await catalogue.describe(session, { schema: odd, name: oddTable, kind: 'table' }, quiet),
    );
    const byName = Object.fromEntries(detail.columns.map((column) => [column.name, column]));
    expect(Object.keys(byName)).toEqual(['id', 'E-mail', 'mood', 'price', 'quantity', 'total']);
    expect(byName.id).toMatchObject({
      type: 'bigint',
      nullable: false,
      isPrimaryKey: true,
      isGenerated: true,
    });
    expect(byName['E-mail']).toMatchObject({
      type: 'character varying(255)',
      isUnique: true,
      comment: 'where to write',
    });
    expect(byName.mood).toMatchObject({
      type: `"Ödd ""schema""; --"."Mood"`,
      nullable: true,
      isGenerated: false,
    });
    expect(byName.mood?.defaultValue).toContain("'good'");
    expect(byName.total).toMatchObject({ isGenerated: true, expression: '(price * (quantity)::numeric)' });
    expect(
      detail.indexes.map(({ name, isUnique, isPrimary, isValid }) => [name, isUnique, isPrimary, isValid]),
    ).toEqual([
      ['User_pkey', true, true, true],
      ['Lower mail', false, false, true],
      ['User_E-mail_key', true, false, true],
    ]);
  });

  it('tells what a column refers to, a view is made of and a table is partitioned by', async () => {
    const order = await catalogue.describe(session, { schema: odd, name: 'order', kind: 'table' }, quiet);
    expect(order.columns[0]?.references).toEqual([`${odd}.${oddTable}.id`]);
    const view = await catalogue.describe(session, { schema: odd, name: oddView, kind: 'table' }, quiet);
    expect(view.definition).toMatch(/^CREATE VIEW .* AS\n *SELECT/);
    const events = await catalogue.describe(session, { schema: odd, name: 'events', kind: 'table' }, quiet);
    expect(events.facts).toContainEqual({ key: 'partitionKey', value: { type: 'text', text: 'RANGE (at)' } });
    expect(events.lists.find(({ key }) => key === 'partitions')?.rows).toEqual([
      [
        `"${odd.replaceAll('"', '""')}".events_2025`,
        "FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
        '365',
      ],
      [
        `"${odd.replaceAll('"', '""')}".events_2026`,
        "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
        // Of a partitioned table itself.
        knowsEmptyTables ? '135' : null,
      ],
    ]);
  });

  it('takes INCLUDE columns for no part of a key', async () => {
    await session.query(
      {
        text: `CREATE TABLE public.covering (
          id int, code int, other int, period int4range, payload text,
          PRIMARY KEY (id, code) INCLUDE (payload),
          UNIQUE (other) INCLUDE (payload),
          EXCLUDE USING gist (period WITH &&) INCLUDE (payload))`,
      },
      quiet,
    );
    const { columns } = await catalogue.describe(
      session,
      { schema: 'public', name: 'covering', kind: 'table' },
      quiet,
    );
    expect(columns.map(({ name, isPrimaryKey, isUnique }) => [name, isPrimaryKey, isUnique])).toEqual([
      ['id', true, false],
      ['code', true, false],
      ['other', false, true],
      ['period', false, false],
      ['payload', false, false],
    ]);
  });

  it('names every foreign key of a column, and of a composite one the column that belongs to it', async () => {
    for (const text of [
      'CREATE TABLE public.t1 (id int PRIMARY KEY)',
      'CREATE TABLE public.t2 (id int PRIMARY KEY)',
      'CREATE TABLE public.pair (x int, y int, PRIMARY KEY (x, y))',
      `CREATE TABLE public.many_keys (
         id int REFERENCES public.t1 REFERENCES public.t2, a int, b int,
         FOREIGN KEY (b, a) REFERENCES public.pair (x, y))`,
    ]) {
      await session.query({ text }, quiet);
    }
    const { columns } = await catalogue.describe(
      session,
      { schema: 'public', name: 'many_keys', kind: 'table' },
      quiet,
    );
    expect(columns.map(({ name, references }) => [name, references])).toEqual([
      ['id', ['public.t1.id', 'public.t2.id']],
      ['a', ['public.pair.y']],
      ['b', ['public.pair.x']],
    ]);
  });

  it('names a foreign key to a partitioned table once, and on a partition too', async () => {
    for (const text of [
      'CREATE TABLE public.whole (id int PRIMARY KEY) PARTITION BY RANGE (id)',
      'CREATE TABLE public.part PARTITION OF public.whole FOR VALUES FROM (0) TO (10)',
      'CREATE TABLE public.referring (id int REFERENCES public.whole) PARTITION BY RANGE (id)',
      'CREATE TABLE public.referring_part PARTITION OF public.referring FOR VALUES FROM (0) TO (10)',
    ]) {
      await session.query({ text }, quiet);
    }
    for (const name of ['referring', 'referring_part']) {
      const { columns } = await catalogue.describe(session, { schema: 'public', name, kind: 'table' }, quiet);
      expect(columns[0]?.references).toEqual(['public.whole.id']);
    }
  });

  it('measures a table, and says who owns it and when it was cleaned up', async () => {
    const node = { schema: odd, name: oddTable, kind: 'table' } as const;
    const { facts } = await catalogue.describe(session, node, quiet);
    expect(Object.fromEntries(facts.map(({ key, value }) => [key, value]))).toMatchObject({
      owner: { type: 'text', text: 'postgres' },
      tableSize: { type: 'bytes', count: expect.any(Number) },
      liveRows: { type: 'count', count: expect.any(Number) },
      lastAnalyse: { type: 'moment', at: expect.any(Number) },
    });
  });

  it('describes and defines for a role without rights what that may see', async () => {
    const node = { schema: 'public', name: 'forbidden', kind: 'table' } as const;
    const { definition, lists } = await catalogue.describe(reader, node, quiet);
    expect(definition).toMatch(/^CREATE TABLE public.forbidden \(\n {2}a integer\n\);/);
    expect(lists.find(({ key }) => key === 'privileges')?.rows[0]?.[0]).toBe('postgres');
  });

  it('says that a relation does not exist', async () => {
    const failure = await failureOf(
      catalogue.describe(session, { schema: 'public', name: 'gone', kind: 'table' }, quiet),
    );
    expect(failure.code).toBe('NOT_FOUND');
  });
});

describe('rows', () => {
  it('are counted exactly, also of a relation with an odd name', async () => {
    const count = await catalogue.countRows(session, { schema: odd, name: oddView }, quiet);
    expect(count).toEqual({ value: 1_000, accuracy: 'exact' });
  });

  it('are read in batches up to the limit, and the session is free again afterwards', async () => {
    const rows = await readRelation(rowReader, session, { schema: 'public', name: 'large' }, 250, quiet);
    expect(rows.columns).toEqual([{ name: 'a', type: 'integer', kind: 'integer' }]);
    const sizes: number[] = [];
    for (let batch = await rows.next(100); batch.length > 0; batch = await rows.next(100)) {
      sizes.push(batch.length);
    }
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(250);
    expect(Math.max(...sizes)).toBe(100);
    await rows.close();
    expect(session.isInTransaction).toBe(false);
  });

  it('that are large come few at a time', async () => {
    await session.query(
      { text: "CREATE TABLE wide AS SELECT repeat('x', 1000000) AS t FROM generate_series(1, 100)" },
      quiet,
    );
    const rows = await readRelation(rowReader, session, { schema: 'public', name: 'wide' }, 100, quiet);
    await rows.next(100);
    expect((await rows.next(100)).length).toBeLessThanOrEqual(8);
    await rows.close();
    await session.query({ text: 'DROP TABLE wide' }, quiet);
  });

  it('of a view that fails tell why, and leave no transaction', async () => {
    const rows = await readRelation(rowReader, session, { schema: odd, name: 'broken' }, 10, quiet);
    expect(await failureOf(rows.next(10))).toMatchObject({
      code: 'QUERY_FAILED',
      driverCode: '22012',
    });
    await rows.close();
    expect(session.isInTransaction).toBe(false);
  });

  it('that may not be read are refused, and leave no transaction', async () => {
    const failure = await failureOf(
      readRelation(rowReader, reader, { schema: 'public', name: 'forbidden' }, 10, quiet),
    );
    expect(failure).toMatchObject({ code: 'PERMISSION_DENIED', driverCode: '42501' });
    expect(reader.isInTransaction).toBe(false);
  });

  it('whose reading is cancelled leave no transaction', async () => {
    const cancel = new AbortController();
    const rows = await readRelation(
      rowReader,
      session,
      { schema: 'public', name: 'endless' },
      1_000_000_000,
      {
        signal: cancel.signal,
      },
    );
    cancel.abort();
    const readOn = async () => {
      for (;;) await rows.next(1_000);
    };
    const failure = await failureOf(readOn());
    expect(failure.code).toBe('QUERY_CANCELLED');
    await rows.close();
    expect(session.isInTransaction).toBe(false);
  });
});
