import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MysqlConfig } from '../../../../src/shared/engines/mysql/config.ts';
import type { Stage } from '../../../../src/shared/model/testReport.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { MysqlCluster } from '../../../support/mysql/MysqlCluster.ts';
import { freePort } from '../../../support/serverProcess.ts';
import { openSession } from './sessionUnderTest.ts';

const login = { user: 'ann', password: 'S3cret' };
let primary: MysqlCluster;
let replica: MysqlCluster;
/** Nobody listens there. */
let closedPort: number;

beforeAll(async () => {
  const sql = ["CREATE USER ann@'%' IDENTIFIED BY 'S3cret'"];
  closedPort = await freePort();
  [primary, replica] = await Promise.all([
    MysqlCluster.start({ sql }),
    MysqlCluster.start({ sql: [...sql, 'SET GLOBAL read_only = ON'] }),
  ]);
});

afterAll(() => Promise.all([primary.dispose(), replica.dispose()]));

/** What is reached of these ports of this computer, and what was told of each. */
async function reach(
  [port = 0, ...others]: readonly number[],
  config: Partial<MysqlConfig> = {},
  password = login.password,
) {
  const told = new Map<string, string>();
  const onStage = ({ name, outcome, note }: Stage) => void told.set(name, `${outcome} ${note}`);
  const otherHosts = others.map((each) => ({ host: '127.0.0.1', port: each }));
  const session = await openSession(
    { host: '127.0.0.1', port, ...login, password },
    { config: { otherHosts, ...config }, onStage },
  );
  await session.close();
  return { reached: session.reached, first: told.get('host1') };
}

describe('several hosts of MySQL and MariaDB', () => {
  it('are tried in turn until one answers', async () => {
    expect(await reach([closedPort, replica.port])).toEqual({
      reached: `127.0.0.1:${replica.port}`,
      first: `skipped 127.0.0.1:${closedPort}, connection refused`,
    });
  });

  it.each(['read-write', 'read-only'] as const)(
    'are searched for a server that is %s',
    async (targetSession) => {
      const [wrong, right] = targetSession === 'read-write' ? [replica, primary] : [primary, replica];
      const words = targetSession === 'read-write' ? 'a read-only server' : 'a server that can be written to';
      expect(await reach([wrong.port, right.port], { targetSession })).toEqual({
        reached: `127.0.0.1:${right.port}`,
        first: `skipped 127.0.0.1:${wrong.port}, ${words}`,
      });
    },
  );

  it('are not tried any further when one refuses the password, and are missed when none is right', async () => {
    const refused = await failureOf(reach([primary.port, replica.port], {}, 'wrong'));
    expect(refused.code).toBe('AUTH_FAILED');
    const none = await failureOf(reach([replica.port, closedPort], { targetSession: 'read-write' }));
    expect(none).toMatchObject({ code: 'NO_HOST_FITS', retryable: true });
  });
});
