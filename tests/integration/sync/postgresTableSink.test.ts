import { describe, inject } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { postgresDialect } from '../../../src/main/connectors/postgres/postgresDialect.ts';
import { PostgresTableWriter } from '../../../src/main/connectors/postgres/writing/PostgresTableWriter.ts';
import { fieldsFor } from '../../support/postgresClusterFields.ts';
import { openSession } from '../../support/postgresClusterSession.ts';
import type { TableSinkFixture } from './SinkUnderTest.ts';
import { tableSinkSuite } from './tableSinkSuite.ts';

const server = inject('postgres');
const schema = 'table_sink';
const quiet = { signal: neverAborted };

async function startPostgres(): Promise<TableSinkFixture> {
  const open = (port = server.port) =>
    openSession(fieldsFor({ ...server, port }), { password: server.password });
  const administrator = await open();
  await administrator.query({ text: `CREATE SCHEMA ${schema}` }, quiet);
  return {
    writer: new PostgresTableWriter(),
    dialect: postgresDialect,
    schema,
    server,
    open,
    numberedColumns: `id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, net numeric(20,2),
      gross numeric GENERATED ALWAYS AS (net * 1.2) STORED`,
    async isWaiting(observer, { backendId }) {
      const text = `SELECT FROM pg_stat_activity WHERE pid = ${backendId} AND wait_event_type = 'Lock'`;
      return (await observer.query({ text }, quiet)).rows.length === 1;
    },
    async dispose() {
      await administrator.query({ text: `DROP SCHEMA ${schema} CASCADE` }, quiet);
      await administrator.close();
    },
  };
}

describe('the sink for tables of PostgreSQL', () => tableSinkSuite(startPostgres));
