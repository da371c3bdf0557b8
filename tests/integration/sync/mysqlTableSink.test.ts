import { describe, inject } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { mysqlDialect } from '../../../src/main/connectors/mysql/mysqlDialect.ts';
import { MysqlTableWriter } from '../../../src/main/connectors/mysql/writing/MysqlTableWriter.ts';
import { openSession } from '../connectors/mysql/sessionUnderTest.ts';
import type { TableSinkFixture } from './SinkUnderTest.ts';
import { tableSinkSuite } from './tableSinkSuite.ts';

const server = inject('mariadb');
const schema = 'table_sink';
const quiet = { signal: neverAborted };

async function startMariadb(): Promise<TableSinkFixture> {
  const open = (port = server.port) => openSession({ ...server, port }, { loadsRows: true });
  const administrator = await open();
  await administrator.query({ text: `CREATE DATABASE ${schema}` }, quiet);
  return {
    writer: new MysqlTableWriter(),
    dialect: mysqlDialect,
    schema,
    server,
    open,
    numberedColumns: `id bigint AUTO_INCREMENT PRIMARY KEY, net decimal(20,2),
      gross decimal(30,4) GENERATED ALWAYS AS (net * 1.2) STORED`,
    async isWaiting(observer, { backendId }) {
      // The table of transactions shows what it was asked for 100 ms before, as long as somebody goes on asking.
      const { rows } = await observer.query({ text: 'SHOW ENGINE INNODB STATUS' }, quiet);
      const transactions = (rows[0]?.[2] ?? '').split('---TRANSACTION');
      const own = transactions.find((text) => text.includes(`thread id ${backendId},`));
      return own?.includes('LOCK WAIT') ?? false;
    },
    async dispose() {
      await administrator.query({ text: `DROP DATABASE ${schema}` }, quiet);
      await administrator.close();
    },
  };
}

describe('the sink for tables of MariaDB', () => tableSinkSuite(startMariadb));
