import { afterAll, beforeAll, expect, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import type { QueryOptions, SqlConnection, Statement } from '../../../../src/main/connectors/Connection.ts';
import { MysqlConnector } from '../../../../src/main/connectors/mysql/MysqlConnector.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { describeProduct } from '../../../support/mysql/describeProduct.ts';
import { MysqlCluster } from '../../../support/mysql/MysqlCluster.ts';
import { openSession } from './sessionUnderTest.ts';

const quiet = { signal: neverAborted };
const { activity } = new MysqlConnector(systemClock);

for (const product of ['mariadb', 'mysql'] as const) {
  describeProduct(product, () => {
    let cluster: MysqlCluster;
    let admin: SqlConnection;
    let plain: SqlConnection;

    beforeAll(async () => {
      const sql = ["CREATE USER onlooker@'%' IDENTIFIED BY 'pw-onlooker'"];
      cluster = await MysqlCluster.start({ product, sql });
      const config = { tls: { mode: product === 'mysql' ? 'encrypt' : 'disable', caPem: null } } as const;
      admin = await openSession(cluster, { config });
      plain = await openSession(
        { host: cluster.host, port: cluster.port, user: 'onlooker' },
        {
          config,
          password: 'pw-onlooker',
        },
      );
    });

    afterAll(async () => {
      admin?.destroy();
      plain?.destroy();
      await cluster?.dispose();
    });

    it('an account without PROCESS sees its own sessions, and is told what is missing', async () => {
      const { gaps, replicationLagMs, sessions } = await activity.reader(plain).sample(quiet);
      expect(sessions.map(({ number }) => number)).toEqual([plain.backendId]);
      expect(gaps).toContainEqual({ part: 'sessions', reason: 'missing-right', right: 'PROCESS' });
      expect(replicationLagMs).toMatchObject({ gap: { reason: 'missing-right' } });
    });

    it('what was refused once is not asked for again', async () => {
      const asked: string[] = [];
      const listening = new Proxy(plain, {
        get: (of, key) =>
          key === 'query'
            ? (statement: Statement, options: QueryOptions) => {
                asked.push(statement.text);
                return of.query(statement, options);
              }
            : Reflect.get(of, key, of),
      });
      const reader = activity.reader(listening);
      const first = await reader.sample(quiet);
      const refused = asked.filter((text) => text.includes('INNODB_TRX') || text.includes('REPLICA'));
      expect(refused).toHaveLength(2);
      asked.length = 0;
      expect((await reader.sample(quiet)).gaps).toEqual(first.gaps);
      expect(asked.filter((text) => refused.includes(text))).toEqual([]);
    });

    it('an account without the right to end sessions is refused, with what would help', async () => {
      const target = { sessionId: String(admin.backendId), statementId: null };
      const failure = await failureOf(activity.terminate(plain, target, quiet));
      expect(failure).toMatchObject({ code: 'PERMISSION_DENIED' });
      expect(failure.fixes.join(' ')).toMatch(/CONNECTION.ADMIN/);
      expect(admin.isUsable).toBe(true);
    });
  });
}
