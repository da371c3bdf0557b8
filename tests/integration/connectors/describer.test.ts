import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { systemClock } from '../../../src/main/base/Clock.ts';
import type { Connection } from '../../../src/main/connectors/Connector.ts';
import { PostgresConnector } from '../../../src/main/connectors/postgres/PostgresConnector.ts';
import {
  relationDetailSchema,
  relationSummarySchema,
  schemaSummarySchema,
} from '../../../src/shared/model/schemaTree.ts';
import { schemaPreviewSchema, serverInfoSchema } from '../../../src/shared/model/testReport.ts';
import { fieldsFor } from '../../support/postgresClusterFields.ts';
import { failureOf, openSession } from '../../support/postgresClusterSession.ts';

const server = inject('postgres');
const database = 'describer';
const quiet = { signal: neverAborted };
const { describer } = new PostgresConnector(systemClock);

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
  `CREATE TABLE public.small (a int)`,
  `INSERT INTO public.small VALUES (1), (2), (3)`,
  `CREATE TABLE public.large (a int)`,
  `INSERT INTO public.large SELECT i FROM generate_series(1, 20000) i`,
  `CREATE TABLE public.forbidden (a int)`,
  `ANALYZE`,
];

let session: Connection;
let reader: Connection;

beforeAll(async () => {
  const admin = await openSession(fieldsFor(server), { password: server.password });
  await admin.query({ text: `CREATE DATABASE ${database}` }, quiet);
  await admin.query({ text: "CREATE ROLE reader LOGIN PASSWORD 'pw-reader'" }, quiet);
  await admin.close();
  session = await openSession(fieldsFor({ ...server, database }), { password: server.password });
  for (const text of setUp) await session.query({ text }, quiet);
  await session.query({ text: 'GRANT SELECT ON public.small, public.large TO reader' }, quiet);
  reader = await openSession(fieldsFor({ ...server, database, user: 'reader' }), { password: 'pw-reader' });
});

afterAll(async () => {
  await Promise.all([session.close(), reader.close()]);
});

const parse = <Value>(schema: { parse(value: unknown): Value }, value: unknown): Value => schema.parse(value);

describe('serverInfo', () => {
  it('tells what the server and the session are', async () => {
    const info = parse(serverInfoSchema, await describer.serverInfo(reader, quiet));
    expect(info).toMatchObject({
      database,
      user: 'reader',
      isSuperuser: false,
      readOnly: false,
      tls: { active: false },
    });
    expect(info.version).toContain(`PostgreSQL ${info.versionNumber}`);
    expect(Math.abs(Date.now() - (info.startedAt ?? 0))).toBeLessThan(3_600_000);
  });

  it('tells that a session is read-only and a user is superuser', async () => {
    const readOnly = await openSession(fieldsFor(server, { readOnly: true }), { password: server.password });
    expect(await describer.serverInfo(readOnly, quiet)).toMatchObject({ readOnly: true, isSuperuser: true });
    await readOnly.close();
  });
});

describe('listSchemas', () => {
  it("lists people's schemas first, with how much is in them", async () => {
    const schemas = parse(schemaSummarySchema.array(), await describer.listSchemas(session, quiet));
    expect(schemas.map(({ name, isSystem }) => `${name} ${isSystem}`)).toEqual([
      'public false',
      `${odd} false`,
      'information_schema true',
      'pg_catalog true',
    ]);
    expect(schemas[1]).toEqual({
      name: odd,
      comment: 'a comment',
      isSystem: false,
      tableCount: 4,
      viewCount: 3,
    });
  });
});

describe('listRelations', () => {
  it('lists every kind with its estimate, a partitioned table with those of its partitions', async () => {
    const relations = parse(
      relationSummarySchema.array(),
      await describer.listRelations(session, odd, quiet),
    );
    const facts = relations.map(({ name, kind, rows, partitionOf }) => [
      name,
      kind,
      rows?.value ?? null,
      partitionOf,
    ]);
    expect(facts).toEqual([
      [oddTable, 'table', 1_000, null],
      ['broken', 'view', null, null],
      ['events', 'partitioned-table', 500, null],
      ['events_2025', 'partition', 365, 'events'],
      ['events_2026', 'partitioned-table', 135, 'events'],
      ['events_2026_h1', 'partition', 135, 'events_2026'],
      ['foreign_thing', 'foreign-table', null, null],
      [oddView, 'view', null, null],
      ['order', 'table', 0, null],
      ['summary', 'materialized-view', 1, null],
    ]);
    expect(relations[0]).toMatchObject({ comment: 'people', columnCount: 6, rows: { accuracy: 'estimate' } });
  });

  it('answers nothing for a schema that does not exist', async () => {
    expect(await describer.listRelations(session, "nope' OR true --", quiet)).toEqual([]);
  });
});

describe('preview', () => {
  it('shows the first schema of the search path, small tables counted and large ones estimated', async () => {
    const preview = parse(schemaPreviewSchema, await describer.preview(reader, quiet));
    expect(preview).toMatchObject({ schema: 'public', relationCount: 3 });
    expect(preview.relations.map(({ name, rows }) => [name, rows])).toEqual([
      ['forbidden', { value: 0, accuracy: 'estimate' }],
      ['large', { value: 20_000, accuracy: 'estimate' }],
      ['small', { value: 3, accuracy: 'exact' }],
    ]);
  });

  it('does without counts when a table is locked', async () => {
    const holder = await openSession(fieldsFor({ ...server, database }), { password: server.password });
    await holder.query({ text: 'BEGIN' }, quiet);
    await holder.query({ text: 'LOCK TABLE public.small' }, quiet);
    const preview = await describer.preview(reader, quiet);
    await holder.close();
    expect(preview.relations.at(-1)).toMatchObject({
      name: 'small',
      rows: { value: 3, accuracy: 'estimate' },
    });
    await reader.ping(quiet);
  });

  it('is empty when the search path leads nowhere', async () => {
    const lost = await openSession(fieldsFor({ ...server, database }), { password: server.password });
    await lost.query({ text: 'SET search_path = nowhere' }, quiet);
    expect(await describer.preview(lost, quiet)).toEqual({ schema: null, relations: [], relationCount: 0 });
    await lost.close();
  });
});

describe('describeRelation', () => {
  it('tells columns and indexes of a table', async () => {
    const detail = parse(
      relationDetailSchema,
      await describer.describeRelation(session, { schema: odd, name: oddTable }, quiet),
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
    expect(byName.total).toMatchObject({ isGenerated: true, defaultValue: '(price * (quantity)::numeric)' });
    expect(
      detail.indexes.map(({ name, isUnique, isPrimary, isValid }) => [name, isUnique, isPrimary, isValid]),
    ).toEqual([
      ['User_pkey', true, true, true],
      ['Lower mail', false, false, true],
      ['User_E-mail_key', true, false, true],
    ]);
  });

  it('tells what a column refers to, a view is made of and a table is partitioned by', async () => {
    const order = await describer.describeRelation(session, { schema: odd, name: 'order' }, quiet);
    expect(order.columns[0]?.references).toBe(`${odd}.${oddTable}.id`);
    const view = await describer.describeRelation(session, { schema: odd, name: oddView }, quiet);
    expect(view.viewDefinition).toMatch(/^ *SELECT/);
    const events = await describer.describeRelation(session, { schema: odd, name: 'events' }, quiet);
    expect(events.partitionKey).toBe('RANGE (at)');
  });

  it('says that a relation does not exist', async () => {
    const failure = await failureOf(
      describer.describeRelation(session, { schema: 'public', name: 'gone' }, quiet),
    );
    expect(failure.code).toBe('NOT_FOUND');
  });
});

describe('rows', () => {
  it('are counted exactly, also of a relation with an odd name', async () => {
    const count = await describer.countRows(session, { schema: odd, name: oddView }, quiet);
    expect(count).toEqual({ value: 1_000, accuracy: 'exact' });
  });

  it('are read in batches up to the limit, and the session is free again afterwards', async () => {
    const rows = await describer.readRows(session, { schema: 'public', name: 'large' }, 250, quiet);
    expect(rows.fields).toEqual([{ name: 'a', type: 'integer' }]);
    const sizes: number[] = [];
    for (let batch = await rows.next(100, quiet); batch.length > 0; batch = await rows.next(100, quiet)) {
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
    const rows = await describer.readRows(session, { schema: 'public', name: 'wide' }, 100, quiet);
    await rows.next(100, quiet);
    expect((await rows.next(100, quiet)).length).toBeLessThanOrEqual(8);
    await rows.close();
    await session.query({ text: 'DROP TABLE wide' }, quiet);
  });

  it('of a view that fails tell why, and leave no transaction', async () => {
    const rows = await describer.readRows(session, { schema: odd, name: 'broken' }, 10, quiet);
    expect(await failureOf(rows.next(10, quiet))).toMatchObject({
      code: 'QUERY_FAILED',
      driverCode: '22012',
    });
    await rows.close();
    expect(session.isInTransaction).toBe(false);
  });

  it('that may not be read are refused, and leave no transaction', async () => {
    const failure = await failureOf(
      describer.readRows(reader, { schema: 'public', name: 'forbidden' }, 10, quiet),
    );
    expect(failure).toMatchObject({ code: 'PERMISSION_DENIED', driverCode: '42501' });
    expect(reader.isInTransaction).toBe(false);
  });

  it('whose reading is cancelled leave no transaction', async () => {
    const rows = await describer.readRows(session, { schema: 'public', name: 'large' }, 10, quiet);
    const failure = await failureOf(rows.next(10, { signal: AbortSignal.abort() }));
    expect(failure.code).toBe('CANCELLED');
    await rows.close();
    expect(session.isInTransaction).toBe(false);
  });
});
