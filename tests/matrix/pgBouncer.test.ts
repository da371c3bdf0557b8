import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { PostgresConnector } from '../../src/main/connectors/postgres/PostgresConnector.ts';
import { failureOf } from '../support/failureOf.ts';
import type { PoolerProcess } from '../support/PoolerProcess.ts';
import { startPgBouncer } from '../support/poolers.ts';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { fieldsFor } from '../support/postgresClusterFields.ts';
import { openSession } from '../support/postgresClusterSession.ts';
import { cancelReachesWhatRuns, catalogueConformsThrough } from './throughPooler.ts';

const quiet = { signal: neverAborted };
const { catalogue } = new PostgresConnector(systemClock);

let cluster: PostgresCluster;

beforeAll(async () => {
  cluster = await PostgresCluster.start({ sql: ['CREATE TABLE kept (n int)'] });
}, 60_000);

afterAll(() => cluster?.dispose());

describe.each(['session', 'transaction'] as const)('through PgBouncer in %s mode', (mode) => {
  let bouncer: PoolerProcess;
  let session: SqlConnection;
  const open = (readOnly = false) =>
    openSession(fieldsFor(bouncer, { readOnly }), { password: cluster.password });

  beforeAll(async () => {
    bouncer = await startPgBouncer(cluster, mode);
    session = await open();
  });

  afterAll(async () => {
    await session?.close();
    await bouncer?.dispose();
  });

  it('the overview names it, and says what does not last', async () => {
    const { family, product } = await catalogue.serverInfo(session, quiet);
    expect(product).toBe('PostgreSQL');
    expect(family.parts).toEqual([{ name: 'PgBouncer', version: null }]);
    expect(family.limits).toEqual([...(mode === 'transaction' ? ['sessionState'] : []), 'timeLimits']);
    expect(session.server.pooler?.lends).toBe(mode);
  });

  cancelReachesWhatRuns(
    () => cluster,
    () => session,
  );

  it('a read-only data source cannot write, whatever others have set in the session of the server', async () => {
    const marked = await open(true);
    const others = await open();
    try {
      await others.query({ text: 'SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE' }, quiet);
      for (const lead of [[], ['BEGIN'], ['START TRANSACTION ISOLATION LEVEL SERIALIZABLE']]) {
        for (const text of lead) await marked.query({ text }, quiet);
        const refused = await failureOf(marked.query({ text: 'INSERT INTO kept VALUES (1)' }, quiet));
        expect(refused).toMatchObject({ code: 'READ_ONLY', driverCode: '25006' });
        if (lead.length > 0) await marked.query({ text: 'ROLLBACK' }, quiet);
      }
      for (const text of ['BEGIN READ WRITE', "SELECT set_config('transaction_read_only', 'off', false)"]) {
        expect((await failureOf(marked.query({ text }, quiet))).code).toMatch(/READ_ONLY|QUERY_FAILED/);
      }
      // Nothing of it reaches the sessions of others.
      await others.query({ text: 'INSERT INTO kept VALUES (1)' }, quiet);
      await marked.query({ text: 'DISCARD ALL' }, quiet);
      expect((await marked.query({ text: 'SELECT count(*) > 0 FROM kept' }, quiet)).rows).toEqual([['t']]);
    } finally {
      await Promise.all([marked.close(), others.close()]);
    }
  });
});

describe('the catalogue through PgBouncer in transaction mode', () => {
  let bouncer: PoolerProcess;

  beforeAll(async () => {
    bouncer = await startPgBouncer(cluster, 'transaction');
  });

  afterAll(() => bouncer?.dispose());

  catalogueConformsThrough(
    () => bouncer,
    () => cluster,
  );
});
