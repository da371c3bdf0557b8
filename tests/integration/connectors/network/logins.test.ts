import { afterEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import type { Connection } from '../../../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../../../src/main/connectors/ConnectionFactory.ts';
import type { ConnectTarget } from '../../../../src/main/connectors/Connector.ts';
import type { SshPrompt } from '../../../../src/main/connectors/network/ssh/SshContext.ts';
import type { NetworkSettings } from '../../../../src/shared/model/network.ts';
import { defaultTimeoutSettings } from '../../../../src/shared/model/poolSettings.ts';
import type { SshAuthMethod } from '../../../../src/shared/model/sshHops.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { type Dialogue, DoubleSshServer } from '../../../support/ssh/DoubleSshServer.ts';
import { tunnelThrough } from '../../../support/ssh/tunnelled.ts';

const { host, port, user, database, password } = inject('postgres');
const factory = new ConnectionFactory(systemClock);
const opened: Connection[] = [];
const code: Dialogue = {
  instructions: 'Two steps\u001b[31m',
  questions: [
    { prompt: 'Password: ', echo: false },
    { prompt: 'Code: ', echo: true },
  ],
  answers: ['open sesame', '123456'],
};
const alone: Dialogue = {
  instructions: '',
  questions: [{ prompt: 'Password:', echo: false }],
  answers: ['open sesame'],
};

afterEach(async () => {
  await Promise.all(opened.splice(0).map((connection) => connection.close()));
});

async function double(login: Parameters<typeof DoubleSshServer.start>[0]): Promise<DoubleSshServer> {
  const server = await DoubleSshServer.start(login);
  onTestFinished(() => server.dispose());
  return server;
}

async function open(
  server: DoubleSshServer,
  auth: SshAuthMethod,
  secrets: Readonly<Record<string, string>> = {},
  target: Partial<ConnectTarget> = {},
): Promise<Connection> {
  const network: NetworkSettings = tunnelThrough('', [server], { auth, keyPath: null });
  const config = { host, port, user, database, tls: { mode: 'disable', caPem: null } as const, network };
  const connection = await factory.connect(
    {
      ...{ engine: { kind: 'postgres', config }, readOnly: false, timeouts: defaultTimeoutSettings },
      ...{ applicationName: 'log-in test', acceptedHostKeys: async () => server.knownHostLine },
      secret: async (field) => ({ password, ...secrets })[field] ?? null,
      ...target,
    },
    { signal: neverAborted },
  );
  opened.push(connection);
  return connection;
}

describe('the log-in to an SSH server', () => {
  it('takes a password, also where the server asks for it in a dialogue', async () => {
    for (const login of [{ password: 'open sesame' }, { dialogue: alone }]) {
      const connection = await open(await double(login), 'password', { sshPasswordA: 'open sesame' });
      expect(connection.isUsable).toBe(true);
    }
  });

  it('says what was tried and what the server offers, and never the password', async () => {
    const failure = await failureOf(
      open(await double({ password: 'open sesame' }), 'password', { sshPasswordA: 'guessed-wrong' }),
    );
    expect(failure).toMatchObject({
      code: 'SSH_AUTH_FAILED',
      detail: 'Tried: the password. The server offers: password.',
      retryable: false,
    });
    expect(JSON.stringify([failure, { ...failure }])).not.toContain('guessed-wrong');
  });

  it('shows the questions of the server to the person, cleaned, and gives their answers', async () => {
    const asked: SshPrompt[] = [];
    const askPerson = async (prompt: SshPrompt) => {
      asked.push(prompt);
      return code.answers;
    };
    const connection = await open(await double({ dialogue: code }), 'interactive', {}, { askPerson });
    expect(connection.isUsable).toBe(true);
    expect(asked).toEqual([
      {
        ...{ server: 'ann@127.0.0.1', name: '', instructions: 'Two steps' },
        questions: [
          { text: 'Password:', isEchoed: false },
          { text: 'Code:', isEchoed: true },
        ],
      },
    ]);
  });

  it('asks nobody in the background, and ends when the person does not want to answer', async () => {
    const server = await double({ dialogue: code });
    expect(await failureOf(open(server, 'interactive'))).toMatchObject({ code: 'SSH_PERSON_NEEDED' });
    const refused = open(server, 'interactive', {}, { askPerson: async () => null });
    expect(await failureOf(refused)).toMatchObject({ code: 'SSH_PERSON_NEEDED' });
  });

  it('has no agent where there is none', async () => {
    const before = process.env.SSH_AUTH_SOCK;
    delete process.env.SSH_AUTH_SOCK;
    onTestFinished(() => {
      if (before !== undefined) process.env.SSH_AUTH_SOCK = before;
    });
    const failure = await failureOf(open(await double({ password: 'x' }), 'agent'));
    expect(failure).toMatchObject({ code: 'SSH_AGENT_UNAVAILABLE' });
  });
});
