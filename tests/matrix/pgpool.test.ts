import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { PostgresConnector } from '../../src/main/connectors/postgres/PostgresConnector.ts';
import { failureOf } from '../support/failureOf.ts';
import type { PoolerProcess } from '../support/PoolerProcess.ts';
import { startPgpool } from '../support/poolers.ts';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { fieldsFor } from '../support/postgresClusterFields.ts';
import { openSession } from '../support/postgresClusterSession.ts';
import { cancelReachesWhatRuns, catalogueConformsThrough } from './throughPooler.ts';

const quiet = { signal: neverAborted };
const { catalogue } = new PostgresConnector(systemClock);
/** Not `postgres`: of that one Pgpool-II keeps no sessions for others. */
const database = 'shop';

let cluster: PostgresCluster;
let pooler: PoolerProcess;
let session: SqlConnection;

const openAt = (server: { host: string; port: number }, readOnly = false) =>
  openSession(fieldsFor({ ...server, database }, { readOnly }), { password: cluster.password });
const ask = async (at: SqlConnection, text: string) => (await at.query({ text }, quiet)).rows;

beforeAll(async () => {
  cluster = await PostgresCluster.start({ sql: [`CREATE DATABASE ${database}`] });
  pooler = await startPgpool(cluster);
  session = await openAt(pooler);
  await ask(session, 'CREATE TABLE kept (n int)');
}, 90_000);

afterAll(async () => {
  await session?.close();
  await pooler?.dispose('SIGINT');
  await cluster?.dispose();
});

describe('through Pgpool-II', () => {
  it('the overview names it and says that standbys may answer; a server itself is not asked', async () => {
    const direct = await openAt(cluster);
    expect((await catalogue.serverInfo(direct, quiet)).family).toMatchObject({ parts: [], limits: [] });
    await direct.close();
    expect(cluster.log).not.toContain('pool_version');
    const { family, product } = await catalogue.serverInfo(session, quiet);
    expect(product).toBe('PostgreSQL');
    expect(family.parts).toEqual([{ name: 'Pgpool-II', version: expect.stringMatching(/^4\./) }]);
    expect(family.limits).toEqual(['spreadReads']);
    expect(session.server.pooler?.lends).toBe('session');
  });

  cancelReachesWhatRuns(
    () => cluster,
    () => session,
  );

  it('what a session has set, and its temporary tables, last', async () => {
    await ask(session, "SET application_name = 'mine'");
    await ask(session, 'CREATE TEMP TABLE mine AS SELECT 7 AS n');
    expect(await ask(session, "SELECT n, current_setting('application_name') FROM mine")).toEqual([
      ['7', 'mine'],
    ]);
  });

  it('a read-only data source cannot write in a session that another one has used, nor the other way round', async () => {
    for (const round of [1, 2]) {
      const writing = await openAt(pooler);
      await ask(writing, `INSERT INTO kept VALUES (${round})`);
      await writing.close();
      const marked = await openAt(pooler, true);
      for (const text of ['INSERT INTO kept VALUES (9)', 'BEGIN', 'INSERT INTO kept VALUES (9)']) {
        if (text === 'BEGIN') await ask(marked, text);
        else expect(await failureOf(ask(marked, text))).toMatchObject({ code: 'READ_ONLY' });
      }
      await marked.close();
    }
    expect(await ask(session, 'SELECT count(*) FROM kept')).toEqual([['2']]);
  });
});

describe('the catalogue through Pgpool-II', () => {
  catalogueConformsThrough(
    () => pooler,
    () => cluster,
  );
});
