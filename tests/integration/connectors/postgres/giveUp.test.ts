import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { AppError } from '../../../../src/main/base/AppError.ts';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import { Dialer } from '../../../../src/main/connectors/network/Dialer.ts';
import { PostgresConnector } from '../../../../src/main/connectors/postgres/PostgresConnector.ts';
import type { DataSourceFields } from '../../../../src/shared/model/dataSource.ts';
import type { Stage } from '../../../../src/shared/model/testReport.ts';
import { postgresConfig } from '../../../support/dataSources.ts';
import { FakeClock } from '../../../support/FakeClock.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { type FakePeer, FakePostgres, md5Request, welcome } from '../../../support/fakePostgres.ts';
import { BlackHole } from '../../../support/fakePostgresBlackHole.ts';
import { PostgresCluster } from '../../../support/postgresCluster.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';
import { someTarget } from '../../../support/someTarget.ts';

const shared = inject('postgres');
const quiet = { signal: neverAborted };
let server: FakePostgres | null = null;

afterEach(async () => {
  await server?.dispose();
  server = null;
});

async function silent(script: (peer: FakePeer) => void = () => undefined): Promise<FakePostgres> {
  server = await FakePostgres.start(script);
  return server;
}

/** Aborts as soon as this stage has begun. */
function givingUpAt(name: string, reason?: unknown) {
  const controller = new AbortController();
  const onStage = (stage: Stage) => {
    // The next turn: the stage is told before it does anything.
    if (stage.name === name && stage.outcome === 'running') setImmediate(() => controller.abort(reason));
  };
  return { signal: controller.signal, onStage };
}

const never = new Promise<never>(() => undefined);
const deadline = new AppError('CONNECT_TIMEOUT', {
  title: 'too long',
  driverCode: 'ETIMEDOUT',
  retryable: true,
});

let blackHole: BlackHole;
beforeAll(async () => {
  blackHole = await BlackHole.open();
});
afterAll(() => blackHole.dispose());

describe('giving up a connect', () => {
  const cases: readonly {
    readonly stage: string;
    readonly fields: () => Promise<DataSourceFields>;
    readonly connector?: PostgresConnector;
  }[] = [
    {
      stage: 'dns',
      fields: async () => fieldsFor({ host: 'db.example.com', port: 5_432 }),
      connector: new PostgresConnector(systemClock, new Dialer(systemClock, () => never)),
    },
    { stage: 'tcp', fields: async () => fieldsFor(blackHole) },
    {
      stage: 'tls',
      fields: async () => fieldsFor(await silent(), { tls: { mode: 'encrypt', caPem: null } }),
    },
    { stage: 'auth', fields: async () => fieldsFor(await silent()) },
    {
      stage: 'database',
      fields: async () => fieldsFor(await silent((peer) => peer.send(welcome.subarray(0, 9)))),
    },
  ];

  it.each(cases)(
    'during $stage ends it at once and leaves no socket',
    async ({ stage, fields, connector }) => {
      const to = await fields();
      const options = { ...givingUpAt(stage), ...(connector === undefined ? {} : { connector }) };
      const failure = await failureOf(openSession(to, options));
      expect(failure.code).toBe('CANCELLED');
      for (const peer of server?.peers ?? []) {
        if (!peer.socket.destroyed) await new Promise((resolve) => peer.socket.once('close', resolve));
      }
    },
  );

  it.each(cases)(
    'at its deadline during $stage says what took too long',
    async ({ stage, fields, connector }) => {
      const options = { ...givingUpAt(stage, deadline), ...(connector === undefined ? {} : { connector }) };
      const failure = await failureOf(openSession(await fields(), options));
      expect(failure).toMatchObject({ code: 'CONNECT_TIMEOUT', driverCode: 'ETIMEDOUT', retryable: true });
      const during = { dns: 'DNS lookup', tcp: 'TCP', tls: 'TLS', auth: 'log-in', database: 'database' }[
        stage as 'dns'
      ];
      expect(failure.detail).toContain(during);
    },
  );

  it('in the middle of the TLS handshake ends it and leaves no socket', async () => {
    const controller = new AbortController();
    const to = await silent(async (peer) => {
      await peer.untilReceived(8);
      peer.send(Buffer.from('S'));
      await peer.untilReceived(9);
      controller.abort();
    });
    const fields = fieldsFor(to, { tls: { mode: 'encrypt', caPem: null } });
    expect((await failureOf(openSession(fields, controller))).code).toBe('CANCELLED');
    await vi.waitFor(() => expect(to.peers[0]?.socket.destroyed).toBe(true));
  });

  it('while the password is being fetched ends it and leaves no socket', async () => {
    const controller = new AbortController();
    const to = await silent(async (peer) => {
      await peer.untilStartup();
      peer.send(md5Request);
    });
    const fields = fieldsFor(to);
    const target = someTarget(fields, {
      secret: () => {
        controller.abort();
        return never;
      },
    });
    const connector = new PostgresConnector(systemClock);
    const failure = await failureOf(connector.connect(postgresConfig(fields), target, controller));
    expect(failure.code).toBe('CANCELLED');
    await vi.waitFor(() => expect(to.peers[0]?.socket.destroyed).toBe(true));
  });

  it('before it began does nothing', async () => {
    const to = await silent();
    const failure = await failureOf(openSession(fieldsFor(to), { signal: AbortSignal.abort() }));
    expect(failure.code).toBe('CANCELLED');
  });
});

describe('a host with several addresses', () => {
  const addresses = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));
  const connector = new PostgresConnector(
    systemClock,
    new Dialer(systemClock, () => Promise.resolve(addresses)),
  );

  it('is reached by the second when the first does not answer', async () => {
    server = await FakePostgres.start(
      async (peer) => {
        await peer.untilStartup();
        peer.send(welcome);
      },
      { host: '127.0.0.2', port: blackHole.port },
    );
    const told: Stage[] = [];
    const fields = fieldsFor({ host: 'db.example.com', port: blackHole.port });
    const session = await openSession(fields, { connector, onStage: (stage) => told.push(stage) });
    session.destroy();
    expect(told.map(({ note }) => note)).toContain(`127.0.0.2, port ${blackHole.port}`);
  });

  it('is looked up anew for each connect, so that it is found once the VPN is up', async () => {
    server = await FakePostgres.start(async (peer) => {
      await peer.untilStartup();
      peer.send(welcome);
    });
    const answers: (() => Promise<typeof addresses>)[] = [
      () => Promise.reject(Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' })),
      () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })),
      () => Promise.resolve(addresses.slice(0, 1)),
    ];
    const lookedUp = new PostgresConnector(
      systemClock,
      new Dialer(systemClock, () => answers.shift()?.() ?? never),
    );
    const fields = fieldsFor({ host: 'db.example.com', port: server.port });
    const connectAgain = () => openSession(fields, { connector: lookedUp });
    expect(await failureOf(connectAgain())).toMatchObject({ code: 'DNS_UNAVAILABLE', retryable: true });
    expect(await failureOf(connectAgain())).toMatchObject({ code: 'HOST_NOT_FOUND', retryable: false });
    (await connectAgain()).destroy();
  });

  it('that all refuse is refused, not timed out', async () => {
    server = await silent();
    const { port } = server;
    await server.dispose();
    server = null;
    const failure = await failureOf(openSession(fieldsFor({ host: 'db.example.com', port }), { connector }));
    expect(failure.code).toBe('CONNECTION_REFUSED');
  });
});

describe('a server that freezes', () => {
  it('while we connect is given up at the deadline', async () => {
    const cluster = await PostgresCluster.start();
    await cluster.signal('SIGSTOP');
    const options = { password: cluster.password, ...givingUpAt('auth', deadline) };
    const failure = await failureOf(openSession(fieldsFor(cluster), options));
    await cluster.dispose();
    expect(failure.code).toBe('CONNECT_TIMEOUT');
  });

  it('in a statement loses the session when not even the cancel is answered', async () => {
    const observer = await openSession(fieldsFor(shared), { password: shared.password });
    const session = await openSession(fieldsFor(shared), { password: shared.password });
    const pid = session.backendId ?? 0;
    process.kill(pid, 'SIGSTOP');
    const startedMs = performance.now();
    const failure = await failureOf(session.query({ text: 'SELECT 1' }, { ...quiet, timeoutMs: 100 }));
    process.kill(pid, 'SIGCONT');
    await observer.close();
    expect(failure.code).toBe('QUERY_TIMEOUT');
    expect(failure.detail).toContain('may still be running');
    expect(session.isUsable).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(7_000);
  });

  it('is found out by a ping at its deadline, without waiting for a cancel', async () => {
    const clock = new FakeClock();
    const to = await silent(async (peer) => {
      await peer.untilStartup();
      peer.send(welcome);
    });
    const session = await openSession(fieldsFor(to), { connector: new PostgresConnector(clock) });
    const closed = new Promise((resolve) => session.onClosed(resolve));
    const failure = failureOf(session.ping({ ...quiet, timeoutMs: 2_000 }));
    await clock.advance(2_000);
    expect(await failure).toMatchObject({ code: 'CONNECTION_LOST', retryable: true });
    expect(await closed).toMatchObject({ code: 'CONNECTION_LOST' });
    expect(to.peers).toHaveLength(1);
    expect(clock.pendingCount).toBe(0);
  });

  it('and is given up in the middle of a ping keeps nobody waiting', async () => {
    const to = await silent(async (peer) => {
      await peer.untilStartup();
      peer.send(welcome);
    });
    const session = await openSession(fieldsFor(to));
    const controller = new AbortController();
    const failure = failureOf(session.ping(controller));
    controller.abort();
    expect((await failure).code).toBe('CANCELLED');
    expect(session.isUsable).toBe(false);
  });

  it('does not keep a session from being closed', async () => {
    const session = await openSession(fieldsFor(shared), { password: shared.password });
    const pid = session.backendId ?? 0;
    process.kill(pid, 'SIGSTOP');
    const startedMs = performance.now();
    await session.close();
    process.kill(pid, 'SIGCONT');
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});

describe('a server that dies', () => {
  it('as if its power was cut ends the statement and the session', async () => {
    const cluster = await PostgresCluster.start();
    const session = await openSession(fieldsFor(cluster), { password: cluster.password });
    const sleeping = failureOf(session.query({ text: 'SELECT pg_sleep(60)' }, quiet));
    await cluster.stop('immediate');
    const failure = await sleeping;
    await cluster.dispose();
    expect(failure.code).toBe('CONNECTION_LOST');
    expect(failure.detail).toContain('may or may not have run');
    expect(session.isUsable).toBe(false);
  });
});
