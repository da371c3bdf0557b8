import type { ParsedKey } from 'ssh2';
import type { ErrorCode } from '../../../../shared/errors/errorCodes.ts';
import type { SshHop, SshNetwork } from '../../../../shared/model/network.ts';
import { hopSecretsOf } from '../../../../shared/model/sshHops.ts';
import { isAppError } from '../../../base/AppError.ts';
import { bareHost } from '../sockets/resolveHost.ts';
import { readPrivateKey } from './privateKey.ts';
import type { NetworkAccess } from './SshContext.ts';
import type { LogInAttempt, LogInOptions } from './SshLogIn.ts';
import { agentAt, agentSocket } from './sshAgent.ts';
import { type ConfiguredHost, configuredHosts, readSshConfig } from './sshConfig.ts';
import { agentUnavailable, type SshPlace } from './sshErrors.ts';

/** One SSH server to log in to. */
export interface PlannedHop extends Pick<LogInOptions, 'user' | 'attempts' | 'password'> {
  readonly server: SshPlace;
}

/** The servers that stand for one hop of the settings: itself, after the jumps that `~/.ssh/config` has before it. */
export type PlannedHops = readonly PlannedHop[];

/**
 * What is to be done for each hop of a tunnel.
 * @throws SSH_CONFIG_INVALID, SSH_AGENT_UNAVAILABLE
 */
export async function planHops({ hops }: SshNetwork, access: NetworkAccess): Promise<readonly PlannedHops[]> {
  const config = hops.some(({ auth }) => auth === 'config') ? await readSshConfig() : '';
  return Promise.all(hops.map((hop) => planHop(hop, config, access)));
}

async function planHop(hop: SshHop, config: string, { secret }: NetworkAccess): Promise<PlannedHops> {
  const fields = hopSecretsOf(hop.slot);
  const password = () => secret(fields.password);
  const passphrase = () => secret(fields.passphrase);
  if (hop.auth === 'config') {
    const hosts = await configuredHosts(config, hop.host, hop);
    // The secrets are those of the host itself; jumps have their own keys.
    return hosts.map((host, index) =>
      index === hosts.length - 1
        ? configuredHop(host, passphrase, password)
        : configuredHop(host, () => Promise.resolve(null), null),
    );
  }
  const server = { host: bareHost(hop.host), port: hop.port ?? 22 };
  const asksPassword = hop.auth === 'password';
  const attempts = attemptsOf(hop, passphrase, password);
  return [{ server, user: hop.user ?? '', attempts, password: asksPassword ? password : null }];
}

function attemptsOf(
  { auth, keyPath }: SshHop,
  passphrase: () => Promise<string | null>,
  password: () => Promise<string | null>,
): readonly LogInAttempt[] {
  switch (auth) {
    case 'key':
      return [{ method: 'publickey', words: 'the key file', key: () => keyAt(keyPath ?? '', passphrase) }];
    case 'agent': {
      const socket = agentSocket();
      if (socket === null) throw agentUnavailable();
      return [{ method: 'agent', words: 'the keys of the agent', agent: () => agentAt(socket) }];
    }
    case 'password':
      return [{ method: 'password', words: 'the password', password }];
    default:
      return [];
  }
}

function configuredHop(
  { host, port, user, keyPaths, isStrict }: ConfiguredHost,
  passphrase: () => Promise<string | null>,
  password: (() => Promise<string | null>) | null,
): PlannedHop {
  const socket = isStrict ? null : agentSocket();
  const keys = keyPaths.map(
    (path): LogInAttempt => ({
      ...{ method: 'publickey', words: `the key ${path}` },
      key: () => passedOver('SSH_KEY_UNUSABLE', keyAt(path, passphrase)),
    }),
  );
  const attempts: readonly LogInAttempt[] = [
    ...(socket === null ? [] : [agentIfUsable(socket)]),
    ...keys,
    ...(password === null ? [] : [{ method: 'password', words: 'the password', password } as const]),
  ];
  return { server: { host, port }, user, attempts, password };
}

async function keyAt(path: string, passphrase: () => Promise<string | null>): Promise<ParsedKey> {
  // Of CommonJS, Node finds only some of the names that are exported.
  const { default: ssh2 } = await import('ssh2');
  return readPrivateKey(path, passphrase, ssh2.utils.parseKey);
}

const agentIfUsable = (socket: string): LogInAttempt => ({
  ...{ method: 'agent', words: 'the keys of the agent' },
  agent: () => passedOver('SSH_AGENT_UNAVAILABLE', agentAt(socket)),
});

/** Of the agent and the keys of a configuration, those that are of no use are passed over, as OpenSSH does. */
async function passedOver<Value>(code: ErrorCode, wanted: Promise<Value>): Promise<Value | null> {
  try {
    return await wanted;
  } catch (error) {
    if (isAppError(error) && error.code === code) return null;
    throw error;
  }
}
