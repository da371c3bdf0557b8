import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { systemClock } from '../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../src/main/connectors/Connection.ts';
import { MysqlConnector } from '../../../src/main/connectors/mysql/MysqlConnector.ts';
import { PostgresConnector } from '../../../src/main/connectors/postgres/PostgresConnector.ts';
import type { MappedColumn } from '../../../src/main/sync/copy/ports.ts';
import { type PlannedDestination, planDestination } from '../../../src/main/sync/planning/planDestination.ts';
import type { LogicalType } from '../../../src/shared/model/columnTypes.ts';
import type { Pipeline } from '../../../src/shared/model/pipelines.ts';
import { fieldsFor } from '../../support/postgresClusterFields.ts';
import { openSession as openPostgres } from '../../support/postgresClusterSession.ts';
import { openSession as openMysql } from '../connectors/mysql/sessionUnderTest.ts';

const sourceId = '7f0f9b8e-3f7a-4c58-9d7a-0d2b7a3f5a11';
const quiet = { signal: neverAborted };
const schema = 'planned_destination';

const everyType: readonly LogicalType[] = [
  { type: 'boolean' },
  ...([8, 16, 24, 32, 64] as const).flatMap((bits) =>
    [false, true].map((isUnsigned) => ({ type: 'integer', bits, isUnsigned }) as const),
  ),
  { type: 'decimal', precision: 38, scale: 10 },
  { type: 'decimal', precision: 5, scale: -2 },
  { type: 'decimal', precision: null, scale: null },
  { type: 'float', bits: 32 },
  { type: 'float', bits: 64 },
  ...[11, 1_000, null].map((length) => ({ type: 'text', length }) as const),
  ...[16, 1_000, null].map((length) => ({ type: 'binary', length }) as const),
  { type: 'date' },
  ...[0, 6].flatMap((digits) =>
    [false, true].flatMap((isZoned) => [
      { type: 'time', digits, isZoned } as const,
      { type: 'timestamp', digits, isZoned } as const,
    ]),
  ),
  { type: 'interval' },
  { type: 'uuid' },
  { type: 'json' },
  { type: 'other', name: 'elsewhere:thing' },
];

const long = 'account_billing_profile_recurring_invoice_delivery_preference';
const names = ['order', 'userId', 'userid', 'a b', `${long}_at`, `${long}_enabled`, 'ü'.repeat(40), 'ß`"'];
const mapped: readonly MappedColumn[] = [
  { name: 'id', type: { type: 'text', length: 40 }, isNullable: false, declared: null },
  ...everyType.map((type, index) => ({ name: `c${index}`, type, isNullable: true, declared: null })),
  ...names.map((name) => ({ name, type: { type: 'date' } as const, isNullable: true, declared: null })),
];

const pipeline: Pipeline = {
  ...{ name: 'Everything', source: { type: 'query', sourceId, text: 'SELECT 1' } },
  ...{ reading: { type: 'full' }, filters: [], columns: null, shape: [], allowedLosses: [] },
  destination: {
    type: 'table',
    sourceId,
    table: { schema, name: 'everything' },
    mode: 'mirror',
    key: ['id'],
  },
  drift: { newColumns: 'add', changedTypes: 'widen' },
  ...{ schedule: { type: 'manual' }, isEnabled: false, maxRejectedRows: 0, maxAttempts: 1 },
};

const engines = {
  PostgreSQL: {
    connector: new PostgresConnector(systemClock),
    open: () => openPostgres(fieldsFor(inject('postgres')), { password: inject('postgres').password }),
    create: `CREATE SCHEMA ${schema}`,
    drop: `DROP SCHEMA ${schema} CASCADE`,
  },
  MariaDB: {
    connector: new MysqlConnector(systemClock),
    open: () => openMysql(inject('mariadb')),
    create: `CREATE DATABASE ${schema}`,
    drop: `DROP DATABASE ${schema}`,
  },
};

describe.each(Object.entries(engines))('planDestination for %s', (_, { connector, open, create, drop }) => {
  let connection: SqlConnection;
  let first: PlannedDestination;
  const plan = (columns = mapped) =>
    planDestination({ pipeline, columns: [], mapped: columns, open: { connection, connector } }, quiet);
  const execute = async (statements: readonly string[]) => {
    for (const text of statements) await connection.query({ text }, quiet);
  };

  beforeAll(async () => {
    connection = await open();
    await execute([create]);
    first = await plan();
  });

  afterAll(async () => {
    await execute([drop]);
    await connection.close();
  });

  it('makes a table of every type and of odd names, with which the next run is content', async () => {
    expect(first.problems).toEqual([]);
    expect(first.createSql).toBe(first.statements[0]);
    await execute(first.statements);
    const again = await plan();
    expect([again.statements, again.problems, again.warnings, again.createSql]).toEqual([[], [], [], null]);
    expect(again.columns.map(({ name }) => name)).toEqual(first.columns.map(({ name }) => name));
    expect(new Set(again.columns.map(({ name }) => name)).size).toBe(mapped.length);
  });

  it('adds a column that is new, and only that', async () => {
    const added = { name: 'extra', type: { type: 'uuid' } as const, isNullable: true, declared: null };
    const wider = await plan([...mapped, added]);
    expect(wider.statements).toHaveLength(1);
    await execute(wider.statements);
    expect((await plan([...mapped, added])).statements).toEqual([]);
  });
});
