import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import { ConnectionFactory } from '../../../../src/main/connectors/ConnectionFactory.ts';
import { PostgresConnector } from '../../../../src/main/connectors/postgres/PostgresConnector.ts';
import { requireSql } from '../../../../src/main/connectors/speaksSql.ts';
import { silentLogger } from '../../../../src/main/observability/Logger.ts';
import { MetricsCollector } from '../../../../src/main/observability/MetricsCollector.ts';
import { ConnectionManager } from '../../../../src/main/sessions/ConnectionManager.ts';
import type { PostgresConfig } from '../../../../src/shared/engines/postgres/config.ts';
import type { DataSourceFields } from '../../../../src/shared/model/dataSource.ts';
import { defaultTimeoutSettings } from '../../../../src/shared/model/poolSettings.ts';
import type { Stage } from '../../../../src/shared/model/testReport.ts';
import { someDataSource } from '../../../support/dataSources.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { PostgresCluster } from '../../../support/postgresCluster.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';
import { someTarget } from '../../../support/someTarget.ts';

const account = userInfo().username;
const analyst = { user: 'analyst', password: 'pw-analyst' };

let socketFolder: string;
let primary: PostgresCluster;
let standby: PostgresCluster;
/** Takes connections and says nothing. */
let silent: Server;
let silentPort: number;
/** Nobody listens there. */
let closedPort: number;

beforeAll(async () => {
  socketFolder = await mkdtemp(join(tmpdir(), 'mooring-sock-'));
  await chmod(socketFolder, 0o777);
  const sql = [
    `CREATE ROLE ${analyst.user} LOGIN PASSWORD '${analyst.password}'`,
    `CREATE ROLE "${account}" LOGIN`,
  ];
  const listener = createServer().listen(0, '127.0.0.1');
  silent = createServer().listen(0, '127.0.0.1');
  await Promise.all([once(listener, 'listening'), once(silent, 'listening')]);
  closedPort = (listener.address() as AddressInfo).port;
  silentPort = (silent.address() as AddressInfo).port;
  listener.close();
  [primary, standby] = await Promise.all([
    PostgresCluster.start({
      settings: { unix_socket_directories: socketFolder },
      hba: [
        `local all ${account} peer`,
        'local all hashed md5',
        'local all plain password',
        'local all all peer',
      ],
      sql: [...sql, "CREATE ROLE plain LOGIN PASSWORD 'pw-plain'"],
    }),
    PostgresCluster.start({ sql }),
  ]);
  await standby.stop();
  await standby.becomeStandby();
  await standby.startServer();
});

afterAll(async () => {
  silent.close();
  await Promise.all([primary.dispose(), standby.dispose()]);
  await rm(socketFolder, { recursive: true, force: true });
});

const at = (port: number) => ({ host: '127.0.0.1', port });

/** A data source with these ports of this computer as its hosts. */
const fieldsOf = (
  [first = 0, ...others]: readonly number[],
  changes: Partial<PostgresConfig> & Partial<DataSourceFields> = {},
): DataSourceFields =>
  fieldsFor({ ...at(first), user: analyst.user }, { otherHosts: others.map(at), ...changes });

/** What is reached, and what was told of each host. */
async function reach(fields: DataSourceFields, password: string | null = analyst.password) {
  const told = new Map<string, Stage>();
  const onStage = (stage: Stage) => void told.set(stage.name, stage);
  const notes = () =>
    [...told.values()]
      .filter(({ name }) => name.startsWith('host'))
      .map(({ outcome, note }) => `${outcome} ${note}`);
  try {
    const session = await openSession(fields, { password, onStage });
    await session.close();
    return { reached: session.reached, notes: notes(), stages: [...told.keys()] };
  } catch (error) {
    return { error: await failureOf(Promise.reject(error)), notes: notes(), stages: [...told.keys()] };
  }
}

describe('a local socket', () => {
  const overSocket = (folder: string, user: string): DataSourceFields =>
    fieldsFor({ ...at(primary.port), user }, { socketFolder: folder });

  it('lets an account of this computer in by itself, without a password and without TLS', async () => {
    const { reached, stages } = await reach(overSocket(socketFolder, account), null);
    expect(reached).toBe(`${socketFolder}/.s.PGSQL.${primary.port}`);
    expect(stages).toEqual(['socket', 'tls', 'auth', 'database']);
  });

  it('explains peer authentication to whoever comes as somebody else', async () => {
    const { error } = await reach(overSocket(socketFolder, analyst.user));
    expect(error).toMatchObject({ code: 'LOGIN_NOT_PERMITTED', causes: [expect.stringContaining('peer')] });
  });

  it('never sends the password itself: any account of this computer can listen in an open folder', async () => {
    const { error } = await reach(overSocket(socketFolder, 'plain'), 'pw-plain');
    expect(error).toMatchObject({ code: 'AUTH_METHOD_REFUSED' });
  });
});

describe('several hosts', () => {
  it('are tried in turn until one answers, and each that was left is told with the reason', async () => {
    const { reached, notes, stages } = await reach(fieldsOf([closedPort, primary.port]));
    expect(reached).toBe(`127.0.0.1:${primary.port}`);
    expect(notes).toEqual([
      `skipped 127.0.0.1:${closedPort}, connection refused`,
      `ok 127.0.0.1:${primary.port}`,
    ]);
    expect(stages).toEqual(['host1', 'host2', 'dns', 'tcp', 'tls', 'auth', 'database']);
  });

  it('have a time limit each: one that never answers is left', async () => {
    const timeouts = { ...defaultTimeoutSettings, connectMs: 1_000 };
    const tls = { mode: 'encrypt', caPem: null } as const;
    const { error, notes } = await reach(fieldsOf([silentPort, closedPort], { timeouts, tls }));
    expect(notes[0]).toMatch(/^skipped 127\.0\.0\.1:\d+, no response in time$/);
    expect(error).toMatchObject({ code: 'CONNECT_TIMEOUT', retryable: true });
    expect(error).toMatchObject({
      detail: expect.stringMatching(new RegExp(`${silentPort}: .*\n.*${closedPort}: `)),
    });
  });

  it('are not tried any further when one refuses the password', async () => {
    const { error, notes } = await reach(fieldsOf([primary.port, standby.port]), 'wrong');
    expect(error).toMatchObject({ code: 'AUTH_FAILED' });
    expect(notes).toEqual([`failed 127.0.0.1:${primary.port}`]);
  });

  it.each<[PostgresConfig['targetSession'], 'primary' | 'standby']>([
    ['read-write', 'primary'],
    ['primary', 'primary'],
    ['read-only', 'standby'],
    ['standby', 'standby'],
    ['prefer-standby', 'standby'],
  ])('are searched for the kind of server that is wanted: %s', async (targetSession, wanted) => {
    const ports = wanted === 'primary' ? [standby.port, primary.port] : [primary.port, standby.port];
    const { reached, notes } = await reach(fieldsOf(ports, { targetSession: targetSession ?? 'any' }));
    expect(reached).toBe(`127.0.0.1:${ports[1]}`);
    expect(notes).toEqual([
      `skipped 127.0.0.1:${ports[0]}, a ${wanted === 'primary' ? 'standby' : 'primary'}`,
      `ok 127.0.0.1:${ports[1]}, a ${wanted}`,
    ]);
  });

  it('take a primary where a standby is only preferred, and say what is missing where it is demanded', async () => {
    const preferred = await reach(fieldsOf([primary.port, closedPort], { targetSession: 'prefer-standby' }));
    expect(preferred.reached).toBe(`127.0.0.1:${primary.port}`);
    const demanded = await reach(fieldsOf([primary.port, closedPort], { targetSession: 'standby' }));
    expect(demanded.error).toMatchObject({ code: 'NO_HOST_FITS', retryable: true });
  });

  it('count a read-only data source by what the server is, since Mooring makes its sessions read-only itself', async () => {
    const changes = { targetSession: 'read-write', readOnly: true } as const;
    const { reached } = await reach(fieldsOf([standby.port, primary.port], changes));
    expect(reached).toBe(`127.0.0.1:${primary.port}`);
  });

  it('are each asked for the password with their own address', async () => {
    const asked: unknown[] = [];
    const fields = fieldsOf([closedPort, primary.port]);
    const target = someTarget(fields, {
      secret: async (_field, asking) => {
        asked.push(asking?.place);
        return analyst.password;
      },
    });
    const { config } = fields.engine;
    const connector = new PostgresConnector(systemClock);
    const session = await connector.connect(config as PostgresConfig, target, { signal: neverAborted });
    await session.close();
    expect(asked).toEqual([at(primary.port)]);
  });
});

it('reconnects to the new primary when the old one stops (failover)', async () => {
  const dataSource = someDataSource(fieldsOf([primary.port, standby.port], { targetSession: 'read-write' }));
  const manager = new ConnectionManager({
    factory: new ConnectionFactory(systemClock),
    targets: {
      forDataSource: async (saved) => someTarget(saved, { secret: async () => analyst.password }),
      forDraft: async ({ fields }) => someTarget(fields, { secret: async () => analyst.password }),
    },
    repository: { find: () => dataSource },
    metrics: new MetricsCollector(systemClock),
    clock: systemClock,
    logger: silentLogger,
    random: () => 0.5,
  });
  const portOfServer = async () => {
    const { rows } = await manager.withConnection(dataSource.id, neverAborted, (connection) =>
      requireSql(connection).query({ text: 'SHOW port' }, { signal: neverAborted }),
    );
    return Number(rows[0]?.[0]);
  };
  try {
    expect(await portOfServer()).toBe(primary.port);
    await primary.stop('immediate');
    await standby.execute('SELECT pg_promote()');
    // Until the loss is noticed a statement meets a session that is gone.
    await vi.waitFor(async () => expect(await portOfServer()).toBe(standby.port), { timeout: 15_000 });
  } finally {
    await manager.close(1_000);
  }
});
