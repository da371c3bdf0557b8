import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import type { Connection } from '../../../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../../../src/main/connectors/ConnectionFactory.ts';
import type { SshHop } from '../../../../src/shared/model/network.ts';
import { defaultTimeoutSettings } from '../../../../src/shared/model/poolSettings.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { puttyKeyPath, puttyPublicLine } from '../../../support/ssh/puttyKeys.ts';
import { SshAgent } from '../../../support/ssh/SshAgent.ts';
import { makeKey, type PersonalKey, SshServer } from '../../../support/ssh/SshServer.ts';
import { tunnelThrough } from '../../../support/ssh/tunnelled.ts';

const { host, port, user, database, password } = inject('postgres');
const factory = new ConnectionFactory(systemClock);
const opened: Connection[] = [];
const puttyKeys = ['rsaVersion2', 'ed25519Version3Locked'];
let own: PersonalKey;
let server: SshServer;

beforeAll(async () => {
  own = await makeKey();
  const ofPutty = await Promise.all(puttyKeys.map(puttyPublicLine));
  server = await SshServer.start({ authorized: [own.publicLine, ...ofPutty] });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(opened.splice(0).map((connection) => connection.close()));
});

afterAll(async () => {
  await Promise.all([server.dispose(), own.dispose()]);
});

async function open(change: Partial<SshHop>): Promise<Connection> {
  const network = tunnelThrough('', [server], change);
  const config = { host, port, user, database, tls: { mode: 'disable', caPem: null } as const, network };
  const secrets: Readonly<Record<string, string>> = { password, sshKeyPassphraseA: 'of the key' };
  const connection = await factory.connect(
    {
      ...{ engine: { kind: 'postgres', config }, readOnly: false, timeouts: defaultTimeoutSettings },
      ...{ applicationName: 'key test', acceptedHostKeys: () => server.knownHostLine() },
      secret: async (field) => secrets[field] ?? null,
    },
    { signal: neverAborted },
  );
  opened.push(connection);
  return connection;
}

const overAgent = { auth: 'agent', keyPath: null } as const;

describe('an SSH server', () => {
  it.each(puttyKeys)('lets in with a key that PuTTYgen made: %s', async (name) => {
    expect((await open({ keyPath: puttyKeyPath(name) })).isUsable).toBe(true);
  });

  it('lets in with a key of the agent, as long as the agent is not locked', async () => {
    const agent = await SshAgent.start();
    vi.stubEnv('SSH_AUTH_SOCK', agent.socket);
    const empty = await failureOf(open(overAgent));
    await agent.add(own.path);
    expect((await open(overAgent)).isUsable).toBe(true);
    await agent.lock();
    const locked = await failureOf(open(overAgent));
    await agent.dispose();
    const gone = await failureOf(open(overAgent));
    expect([empty, locked, gone]).toMatchObject([
      { code: 'SSH_AGENT_UNAVAILABLE', message: 'The SSH agent has no keys', retryable: false },
      { code: 'SSH_AGENT_UNAVAILABLE', message: 'The SSH agent has no keys' },
      { code: 'SSH_AGENT_UNAVAILABLE', message: 'No SSH agent was found', causes: expect.any(Array) },
    ]);
  });
});
