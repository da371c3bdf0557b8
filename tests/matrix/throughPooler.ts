import { expect, it } from 'vitest';
import { neverAborted } from '../../src/main/base/abort.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { catalogueConforms } from '../conformance/catalogue.ts';
import { postgresWords } from '../conformance/postgresServer.ts';
import { failureOf } from '../support/failureOf.ts';
import type { PoolerProcess } from '../support/PoolerProcess.ts';
import type { PostgresCluster } from '../support/postgresCluster.ts';
import { fieldsFor } from '../support/postgresClusterFields.ts';

/** A cancel goes to the pooler, which has to find the session of the server that it is for. */
export function cancelReachesWhatRuns(cluster: () => PostgresCluster, session: () => SqlConnection): void {
  const sleepingCount = async (): Promise<number> => {
    const { rows } = await cluster().execute("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
    return rows.length;
  };

  it('a cancel reaches what runs', async () => {
    const controller = new AbortController();
    const sleeping = failureOf(
      session().query({ text: 'SELECT pg_sleep(60)' }, { signal: controller.signal }),
    );
    await expect.poll(sleepingCount).toBe(1);
    controller.abort();
    expect((await sleeping).code).toBe('QUERY_CANCELLED');
    const { rows } = await session().query({ text: 'SELECT 1' }, { signal: neverAborted });
    expect(rows).toEqual([['1']]);
  });
}

/** The conformance of the catalogue, with what is made in it made on the server itself. */
export function catalogueConformsThrough(pooler: () => PoolerProcess, cluster: () => PostgresCluster): void {
  const nothing = () => Promise.reject(new Error('Not for a pooler'));
  catalogueConforms(() => {
    const { engine } = fieldsFor(pooler());
    return {
      ...{ product: 'PostgreSQL', engine, password: cluster().password, sql: postgresWords },
      wrong: { host: engine, port: engine, user: engine, database: engine },
      execute: async (sql) => void (await cluster().execute(sql)),
      ...{ endSession: nothing, pause: nothing, resume: nothing, dispose: nothing },
    };
  });
}
