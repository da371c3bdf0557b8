import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../../../src/main/connectors/ConnectionFactory.ts';
import { requireSql } from '../../../../src/main/connectors/speaksSql.ts';
import type { EngineSettings } from '../../../../src/shared/engines/settings.ts';
import type { ProxyNetwork } from '../../../../src/shared/model/network.ts';
import { defaultTimeoutSettings } from '../../../../src/shared/model/poolSettings.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { ProxyServer } from '../../../support/ProxyServer.ts';

const postgres = inject('postgres');
const mariadb = inject('mariadb');
const tls = { mode: 'disable', caPem: null } as const;
const factory = new ConnectionFactory(systemClock);
const opened: SqlConnection[] = [];
const login = { user: 'ann', password: 'open sesame' };

const engines = {
  postgres: (network: ProxyNetwork): EngineSettings => {
    const { host, port, user, database } = postgres;
    return { kind: 'postgres', config: { host, port, user, database, tls, network } };
  },
  // The proxy looks the name up; the server speaks first.
  mysql: (network: ProxyNetwork): EngineSettings => {
    const own = { socketPath: null, database: null, timeZone: null, compression: false };
    const { port, user } = mariadb;
    return { kind: 'mysql', config: { host: 'localhost', port, user, ...own, tls, network } };
  },
};
const passwords = { postgres: postgres.password, mysql: mariadb.password };

afterEach(() => {
  for (const session of opened.splice(0)) session.destroy();
});

async function open(kind: keyof typeof engines, network: ProxyNetwork, proxyPassword: string | null = null) {
  const connection = await factory.connect(
    {
      ...{ engine: engines[kind](network), readOnly: false, timeouts: defaultTimeoutSettings },
      applicationName: 'proxy test',
      secret: async (field) => (field === 'proxyPassword' ? proxyPassword : passwords[kind]),
    },
    { signal: neverAborted },
  );
  const session = requireSql(connection);
  opened.push(session);
  return session;
}

describe.each(['socks5', 'http-connect'] as const)('a %s proxy', (type) => {
  async function proxy(wanted: typeof login | null) {
    const server = await ProxyServer.start(type, wanted);
    onTestFinished(() => server.dispose());
    const network = { type, host: server.host, port: server.port, user: wanted?.user ?? null };
    return { server, network };
  }

  it.each(['postgres', 'mysql'] as const)('leads to %s, with and without a log-in', async (kind) => {
    for (const wanted of [null, login]) {
      const { server, network } = await proxy(wanted);
      const session = await open(kind, network, wanted?.password ?? null);
      const { rows } = await session.query({ text: 'select 40 + 2' }, { signal: neverAborted });
      expect(rows[0]?.[0]).toBe('42');
      expect(server.asked).toHaveLength(1);
    }
  });

  it('that wants another log-in says so, without the password', async () => {
    const { network } = await proxy(login);
    const failure = await failureOf(open('postgres', network, 'guessed-wrong'));
    expect(failure).toMatchObject({ code: 'PROXY_REFUSED', retryable: false });
    expect(JSON.stringify([failure, { ...failure }])).not.toContain('guessed-wrong');
    expect(await failureOf(open('postgres', { ...network, user: null }))).toMatchObject({
      code: 'PROXY_REFUSED',
    });
  });

  it.each<[string, string]>([
    ['silence after a word', '\u0005'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['a flood', 'x'.repeat(64 * 1024)],
  ])('that answers with %s is none', async (_, answer) => {
    const server = createServer((socket) => socket.on('error', () => undefined).end(answer, 'latin1'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const failure = await failureOf(open('postgres', { type, host: '127.0.0.1', port, user: null }));
    expect(['PROXY_REFUSED', 'CONNECTION_RESET']).toContain(failure.code);
  });
});
