import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../src/main/connectors/Connection.ts';
import type { Row } from '../../../src/main/connectors/RowStream.ts';
import type { NewColumn } from '../../../src/main/connectors/TableWriter.ts';
import { needsKey, type WriteMode } from '../../../src/shared/model/pipelines.ts';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { type Copied, copy, openSink, type SinkSettings, type TableSinkFixture } from './SinkUnderTest.ts';

export const quiet = { signal: neverAborted };
export const column = (name: string, declared: string, isNullable = true): NewColumn => ({
  name,
  declared,
  isNullable,
});
export const itemColumns = [column('id', 'bigint', false), column('name', 'varchar(200)')];

/** Rows of a source by their numbers. */
export const items = (count: number, first = 1): Row[] =>
  Array.from({ length: count }, (_, index) => [String(first + index), `item ${first + index}`]);

/** What tests of the sink for tables work with, against a real server of any engine; registers their beginning and end. */
export function sinkTools(start: () => Promise<TableSinkFixture>) {
  let fixture: TableSinkFixture;
  let observer: SqlConnection;
  const sessions: SqlConnection[] = [];
  const proxies: FaultProxy[] = [];
  let tables = 0;

  const open = async (port?: number): Promise<SqlConnection> => {
    const session = await fixture.open(port);
    sessions.push(session);
    return session;
  };
  const named = (name: string): string => fixture.writer.words.table({ schema: fixture.schema, name });
  const ask = async (text: string): Promise<readonly Row[]> => (await observer.query({ text }, quiet)).rows;
  const rowsOf = (table: string): Promise<readonly Row[]> => ask(`SELECT * FROM ${named(table)} ORDER BY 1`);
  const countOf = async (table: string): Promise<number> =>
    Number((await ask(`SELECT count(*) FROM ${named(table)}`))[0]?.[0]);
  /** Tables beside the destination of a pipeline. */
  const staging = ({ pipelineId }: SinkSettings): Promise<readonly Row[]> => {
    const digest = createHash('sha256').update(pipelineId).digest('hex').slice(0, 12);
    return ask(`SELECT table_name FROM information_schema.tables
      WHERE table_schema = '${fixture.schema}' AND table_name LIKE '%${digest}%'`);
  };

  /** A new table. @param sql its columns */
  async function table(sql = 'id bigint PRIMARY KEY, name varchar(200)'): Promise<string> {
    tables += 1;
    const name = `items_${tables}`;
    await ask(`CREATE TABLE ${named(name)} (${sql})`);
    return name;
  }

  /** One attempt of a run, over a session of its own unless one is given. */
  async function attempt(
    settings: SinkSettings,
    rows: readonly Row[],
    options: Parameters<typeof copy>[2] & { readonly session?: SqlConnection } = {},
  ): Promise<Copied> {
    const session = options.session ?? (await open());
    try {
      const isResumable = settings.isResumable ?? true;
      return await copy(openSink(fixture, session, settings), rows, { isResumable, ...options });
    } finally {
      if (options.session === undefined) await session.close();
    }
  }

  const some = (table: string, mode: WriteMode, more: Partial<SinkSettings> = {}): SinkSettings => ({
    table,
    columns: itemColumns,
    mode,
    key: needsKey(mode) ? ['id'] : [],
    pipelineId: randomUUID(),
    ...more,
  });

  beforeAll(async () => {
    fixture = await start();
    observer = await open();
  });

  afterAll(async () => {
    for (const session of sessions) session.destroy();
    for (const proxy of proxies) proxy.dispose();
    await fixture.dispose();
  });
  return {
    ...{ open, named, ask, rowsOf, countOf, staging, table, attempt, some },
    fixture: () => fixture,
    observer: () => observer,
    proxy: async (): Promise<FaultProxy> => {
      const proxy = await FaultProxy.start(fixture.server);
      proxies.push(proxy);
      return proxy;
    },
  };
}

export type SinkTools = ReturnType<typeof sinkTools>;
