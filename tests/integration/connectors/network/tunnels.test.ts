import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../../../src/main/connectors/ConnectionFactory.ts';
import type { ConnectTarget } from '../../../../src/main/connectors/Connector.ts';
import { requireSql } from '../../../../src/main/connectors/speaksSql.ts';
import type { EngineSettings } from '../../../../src/shared/engines/settings.ts';
import type { NetworkSettings } from '../../../../src/shared/model/network.ts';
import { defaultTimeoutSettings } from '../../../../src/shared/model/poolSettings.ts';
import type { Stage } from '../../../../src/shared/model/testReport.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { FaultProxy } from '../../../support/faults/FaultProxy.ts';
import { makeKey, type PersonalKey, SshServer } from '../../../support/ssh/SshServer.ts';
import { tunnelThrough } from '../../../support/ssh/tunnelled.ts';

const postgres = inject('postgres');
const mariadb = inject('mariadb');
const tls = { mode: 'disable', caPem: null } as const;

const engines = {
  postgres: (network: NetworkSettings, over: { host?: string; port?: number } = {}): EngineSettings => {
    const { host, port, user, database } = postgres;
    return { kind: 'postgres', config: { host, port, user, database, tls, network, ...over } };
  },
  mysql: (network: NetworkSettings, over: { host?: string; port?: number } = {}): EngineSettings => {
    const { host, port, user } = mariadb;
    const own = { socketPath: null, database: null, timeZone: null, compression: false };
    return { kind: 'mysql', config: { host, port, user, ...own, tls, network, ...over } };
  },
};
const passwords = { postgres: postgres.password, mysql: mariadb.password };
type Kind = keyof typeof engines;

let key: PersonalKey;
let bastion: SshServer;
let inner: SshServer;
let knownHosts: string;
const opened: SqlConnection[] = [];
const factory = new ConnectionFactory(systemClock);

beforeAll(async () => {
  key = await makeKey();
  const authorized = [key.publicLine];
  [bastion, inner] = await Promise.all([SshServer.start({ authorized }), SshServer.start({ authorized })]);
  knownHosts = (await Promise.all([bastion.knownHostLine(), inner.knownHostLine()])).join('\n');
});

afterEach(async () => {
  for (const session of opened.splice(0)) session.destroy();
  await vi.waitFor(async () => expect(await openCounts()).toEqual([0, 0]), 5_000);
});

afterAll(async () => {
  await Promise.all([bastion.dispose(), inner.dispose(), key.dispose()]);
});

interface OpenOptions {
  readonly stages?: Stage[];
  readonly signal?: AbortSignal;
  readonly sourceId?: string;
  readonly target?: Partial<ConnectTarget>;
}

async function open(engine: EngineSettings, options: OpenOptions = {}): Promise<SqlConnection> {
  const { stages = [], signal = neverAborted, sourceId, target = {} } = options;
  const password = engine.kind === 'rest' ? null : passwords[engine.kind];
  const connection = await factory.connect(
    {
      ...{ engine, readOnly: false, timeouts: defaultTimeoutSettings, applicationName: 'tunnel test' },
      secret: async (field) => (field === 'password' ? password : null),
      acceptedHostKeys: async () => knownHosts,
      ...target,
    },
    { signal, onStage: (stage) => stages.push(stage), ...(sourceId !== undefined && { sourceId }) },
  );
  const session = requireSql(connection);
  opened.push(session);
  return session;
}

/** Statements that nothing but what is tested ends in the time of a test: nobody waits for their own end. */
const endless = { postgres: 'select pg_sleep(60)', mysql: 'select benchmark(1000000000000, md5(1))' };

const ask = async (session: SqlConnection, text: string) =>
  (await session.query({ text }, { signal: neverAborted })).rows[0]?.[0];

const openCounts = () => Promise.all([bastion, inner].map((server) => server.openCount()));

describe.each(['postgres', 'mysql'] as const)('%s through an SSH tunnel', (kind: Kind) => {
  it('is reached over two hops, with a stage for each, and the tunnel closes with the session', async () => {
    const stages: Stage[] = [];
    const session = await open(engines[kind](tunnelThrough(key.path, [bastion, inner])), { stages });
    expect(await ask(session, 'select 40 + 2')).toBe('42');
    const passed = stages.filter(({ outcome }) => outcome === 'ok').map(({ name }) => name);
    expect(passed.slice(0, 3)).toEqual(['hop1', 'hop2', 'tcp']);
    expect(stages.find(({ name, outcome }) => name === 'hop1' && outcome === 'ok')?.note).toContain(
      'the key file',
    );
    expect(await openCounts()).toEqual([1, 1]);
    await session.close();
    await vi.waitFor(async () => expect(await openCounts()).toEqual([0, 0]), 5_000);
  });

  it('cancels a statement through the tunnel, and goes on with the session', async () => {
    const session = await open(engines[kind](tunnelThrough(key.path, [bastion])));
    const running = failureOf(session.query({ text: endless[kind] }, { signal: neverAborted }));
    await vi.waitFor(() => expect(session.isBusy).toBe(true));
    await session.cancelRunning();
    expect(await running).toMatchObject({ code: 'QUERY_CANCELLED' });
    expect(await ask(session, 'select 1')).toBe('1');
  });
});

describe('a tunnel of a data source', () => {
  const sourceId = 'a7b1f7d4-6f0c-4c5b-8f55-3a1f3f1f0001';

  it('is shared by its connections, and opened anew when it was lost', async () => {
    const proxy = await FaultProxy.start(bastion);
    const network = tunnelThrough(key.path, [
      { ...proxy, host: proxy.host, port: proxy.port, user: bastion.user },
    ]);
    const line = (await bastion.knownHostLine()).replace(String(bastion.port), String(proxy.port));
    const options = { sourceId, target: { acceptedHostKeys: async () => line } };
    const [first, second] = await Promise.all([
      open(engines.postgres(network), options),
      open(engines.postgres(network), options),
    ]);
    expect(proxy.seen.connections).toBe(1);
    const closed = failureOf(first.query({ text: endless.postgres }, { signal: neverAborted }));
    await vi.waitFor(() => expect(first.isBusy).toBe(true));
    proxy.cut('reset');
    expect(await closed).toMatchObject({ code: 'CONNECTION_LOST' });
    await vi.waitFor(() => expect(second.isUsable).toBe(false));
    const third = await open(engines.postgres(network), options);
    expect(await ask(third, 'select 3')).toBe('3');
    expect(proxy.seen.connections).toBe(2);
    proxy.dispose();
  });

  it('is closed when a connect is cancelled, at whatever hop', async () => {
    const proxy = await FaultProxy.start(inner);
    proxy.freeze();
    const network = tunnelThrough(key.path, [
      bastion,
      { host: proxy.host, port: proxy.port, user: inner.user },
    ]);
    const controller = new AbortController();
    const stages: Stage[] = [];
    const connecting = failureOf(open(engines.postgres(network), { signal: controller.signal, stages }));
    await vi.waitFor(() => expect(stages.map(({ name }) => name)).toContain('hop2'));
    controller.abort();
    expect(await connecting).toMatchObject({ code: 'CANCELLED' });
    await vi.waitFor(async () => expect(await openCounts()).toEqual([0, 1]));
    // The proxy still holds what was under way to the inner server.
    proxy.dispose();
  });
});

describe('a hop that does not let us through', () => {
  const through = (server: SshServer, change = {}) =>
    engines.postgres(tunnelThrough(key.path, [server], change));

  it('is refused as unknown, with its fingerprint, and as changed, with both', async () => {
    expect(
      await failureOf(open(through(bastion), { target: { acceptedHostKeys: async () => '' } })),
    ).toMatchObject({
      code: 'SSH_HOST_KEY_UNKNOWN',
      line: await bastion.knownHostLine(),
    });
    const [name] = (await bastion.knownHostLine()).split(' ');
    const other = (await inner.knownHostLine()).split(' ').slice(1);
    const changed = [name, ...other].join(' ');
    const changes: unknown[] = [];
    const failure = await failureOf(
      open(through(bastion), {
        target: {
          acceptedHostKeys: async () => changed,
          hostKeyChanged: (change) => changes.push(change),
        },
      }),
    );
    expect(failure).toMatchObject({ code: 'SSH_HOST_KEY_CHANGED', line: await bastion.knownHostLine() });
    expect(changes).toEqual([failure]);
    const revoked = `@revoked ${await bastion.knownHostLine()}`;
    expect(
      await failureOf(open(through(bastion), { target: { acceptedHostKeys: async () => revoked } })),
    ).toMatchObject({
      code: 'SSH_HOST_KEY_REVOKED',
    });
  });

  it('is told apart by what failed: the log-in, the key, the channel, the network', async () => {
    const stranger = await makeKey();
    const codes = await Promise.all([
      failureOf(open(through(bastion, { keyPath: stranger.path }))),
      failureOf(open(through(bastion, { keyPath: '/nowhere/id' }))),
      failureOf(open(engines.postgres(tunnelThrough(key.path, [bastion]), { port: 1 }))),
      failureOf(
        open(
          engines.postgres(tunnelThrough(key.path, [{ ...bastion, host: bastion.host, port: 1, user: 'x' }])),
        ),
      ),
    ]);
    expect(codes).toMatchObject([
      { code: 'SSH_AUTH_FAILED', retryable: false },
      { code: 'SSH_KEY_UNUSABLE' },
      { code: 'SSH_CHANNEL_REFUSED', driverCode: '2', retryable: true },
      { code: 'CONNECTION_REFUSED', retryable: true },
    ]);
    await stranger.dispose();
  });

  it('is let in by a key with a passphrase, in each format, and says what is wrong with the passphrase', async () => {
    const locked = await makeKey({ passphrase: 'of the key' });
    const pem = await makeKey({ passphrase: 'of the key', type: 'rsa', format: 'PKCS8' });
    const server = await SshServer.start({ authorized: [locked.publicLine, pem.publicLine] });
    const acceptedHostKeys = () => server.knownHostLine();
    const opening = (keyPath: string, passphrase: string | null) =>
      open(through(server, { keyPath }), {
        target: {
          acceptedHostKeys,
          secret: async (field) => (field === 'sshKeyPassphraseA' ? passphrase : postgres.password),
        },
      });
    for (const { path } of [locked, pem]) {
      expect((await opening(path, 'of the key')).isUsable).toBe(true);
      for (const wrong of ['not it', null]) {
        expect(await failureOf(opening(path, wrong))).toMatchObject({
          code: 'SSH_KEY_UNUSABLE',
          retryable: false,
        });
      }
    }
    for (const session of opened.splice(0)) session.destroy();
    await Promise.all([server.dispose(), locked.dispose(), pem.dispose()]);
  });

  it('forbids forwarding: nobody has to wait for that', async () => {
    const strict = await SshServer.start({
      authorized: [key.publicLine],
      settings: ['AllowTcpForwarding no'],
    });
    const target = { acceptedHostKeys: () => strict.knownHostLine() };
    expect(await failureOf(open(through(strict), { target }))).toMatchObject({
      code: 'SSH_CHANNEL_REFUSED',
      driverCode: '1',
      retryable: false,
    });
    await strict.dispose();
  });
});
