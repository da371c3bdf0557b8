import { AppError } from '../../../base/AppError.ts';
import { cleanText } from '../../../base/cleanText.ts';
import { fingerprintOf, type HostKey, knownHostLine } from './hostKeys.ts';
import { withOnlyKey } from './knownHosts.ts';

/** Longest text of a server that is shown. */
const maxWords = 300;

/** Where an SSH server is. */
export interface SshPlace {
  readonly host: string;
  readonly port: number;
}

const placeText = ({ host, port }: SshPlace): string => `${cleanText(host, 253)}, port ${port}`;

/** The first contact with an SSH server: a person must compare its fingerprint. The only error with this code. */
export class UnknownHostKey extends AppError {
  /** Such as `bastion.example.com, port 22`. */
  readonly place: string;
  /** The type of the key and its fingerprint, as OpenSSH shows them. */
  readonly fingerprint: string;
  /** The line of known_hosts that makes the key known. */
  readonly line: string;

  constructor(server: SshPlace, key: HostKey) {
    const fingerprint = `${cleanText(key.type, 64)} ${fingerprintOf(key.bytes)}`;
    super('SSH_HOST_KEY_UNKNOWN', {
      title: `The SSH server ${placeText(server)} is not known yet`,
      detail: `It shows the key ${fingerprint}. Nothing was sent to it.`,
      causes: ['Nobody has connected to it from this computer before.'],
      fixes: [
        'Connect or test by hand: Mooring then shows the key and asks whether it is the right one.',
        'Ask the administrator for the fingerprint of the server.',
      ],
    });
    this.place = placeText(server);
    this.fingerprint = fingerprint;
    this.line = knownHostLine(server.host, server.port, key);
  }
}

/** A server whose key differs from the known ones: a person must compare both. The only error with this code. */
export class HostKeyChanged extends AppError {
  readonly server: SshPlace;
  /** Such as `bastion.example.com, port 22`. */
  readonly place: string;
  /** The type of the new key and its fingerprint, as OpenSSH shows them. */
  readonly fingerprint: string;
  /** Those of the keys that are known. */
  readonly known: readonly string[];
  /** The line of known_hosts that makes the new key known. */
  readonly line: string;

  /** @param known the keys of the server that are known, with their fingerprints */
  constructor(server: SshPlace, key: HostKey, known: readonly string[]) {
    const fingerprint = `${cleanText(key.type, 64)} ${fingerprintOf(key.bytes)}`;
    super('SSH_HOST_KEY_CHANGED', {
      title: `The SSH server ${placeText(server)} shows another key than before`,
      detail: `Now: ${fingerprint}. Known: ${cleanText(known.join('; '), 1_000)}. Nothing was sent to it.`,
      causes: [
        'Somebody between this computer and the server pretends to be the server.',
        'The server was installed again, or its keys were replaced.',
      ],
      fixes: [
        'Ask the administrator whether the key was changed, and compare the fingerprints.',
        'If it was changed, compare the keys here and accept the new one; or remove the lines of this server from ~/.ssh/known_hosts and from ssh_known_hosts in the data folder of Mooring.',
      ],
      actions: [{ action: 'trust-host-key', ...server, fingerprint }],
    });
    this.server = server;
    this.place = placeText(server);
    this.fingerprint = fingerprint;
    this.known = known;
    this.line = knownHostLine(server.host, server.port, key);
  }

  /** Lines of known_hosts with the new key in the place of the old ones. */
  renewed(knownHosts: string): string {
    return withOnlyKey(knownHosts, this.server.host, this.server.port, this.line);
  }
}

export function hostKeyRevoked(server: SshPlace, key: HostKey): AppError {
  return new AppError('SSH_HOST_KEY_REVOKED', {
    title: `The key of the SSH server ${placeText(server)} is revoked`,
    detail: `Its key ${cleanText(key.type, 64)} ${fingerprintOf(key.bytes)} is marked with @revoked in known_hosts. Nothing was sent to it.`,
    causes: ['Whoever keeps known_hosts on this computer has declared the key stolen or out of use.'],
    fixes: ['Ask the administrator of the SSH server.'],
  });
}

/** How the log-in went that a server refused. */
export interface RefusedLogin {
  readonly user: string;
  /** What was tried, in words. */
  readonly tried: readonly string[];
  /** The methods that the server still offers, by their names in SSH. */
  readonly offered: readonly string[];
}

export function loginRefused(server: SshPlace, { user, tried, offered }: RefusedLogin): AppError {
  const methods = cleanText(offered.join(', '), maxWords);
  return new AppError('SSH_AUTH_FAILED', {
    title: `The SSH server ${placeText(server)} refused the log-in of ${cleanText(user, 255)}`,
    detail: `Tried: ${tried.length === 0 ? 'nothing that the server accepts' : tried.join(', ')}. The server offers: ${methods === '' ? 'nothing' : methods}.`,
    causes: [
      'The user name, the password or the key is wrong.',
      'The key is not in ~/.ssh/authorized_keys on the server.',
      'The server wants another way to log in than the one chosen.',
    ],
    fixes: [
      'Check the user and the way to log in under Network.',
      'Ask the administrator of the SSH server.',
    ],
  });
}

/** @param problem a sentence */
export function keyUnusable(path: string, problem: string, fix: string, cause?: unknown): AppError {
  return new AppError('SSH_KEY_UNUSABLE', {
    title: 'The SSH key cannot be used',
    detail: `${cleanText(path, maxWords)}: ${problem}`,
    fixes: [fix],
    cause,
  });
}

export function agentUnavailable(cause?: unknown): AppError {
  return new AppError('SSH_AGENT_UNAVAILABLE', {
    title: 'No SSH agent was found',
    detail: 'The log-in is set to use the keys of the SSH agent, and none answers for this session.',
    causes: [
      'The agent was not started, or Mooring was started outside of its session (SSH_AUTH_SOCK is not set).',
      'The agent has ended since Mooring was started.',
    ],
    fixes: [
      'Start the agent and add the key to it (ssh-add), then start Mooring again.',
      'Log in with a key file.',
    ],
    cause,
  });
}

/** An agent that is locked shows no keys, and cannot be told from an empty one. */
export function agentWithoutKeys(): AppError {
  return new AppError('SSH_AGENT_UNAVAILABLE', {
    title: 'The SSH agent has no keys',
    detail: 'The log-in is set to use the keys of the SSH agent, and the one of this session shows none.',
    causes: [
      'No key was added to the agent, or its keys have expired.',
      'The agent is locked (ssh-add -x).',
      'Mooring was started in the session of another agent (SSH_AUTH_SOCK).',
    ],
    fixes: [
      'Add the key with ssh-add, or unlock the agent with ssh-add -X, and connect again.',
      'Log in with a key file.',
    ],
  });
}

/** The server asks something, and nobody is there to answer. */
export function personNeeded(server: SshPlace): AppError {
  return new AppError('SSH_PERSON_NEEDED', {
    title: `The SSH server ${placeText(server)} has a question for you`,
    detail:
      'It asks for something at each log-in, such as a one-time code. Mooring asks you only when you connect by hand.',
    fixes: ['Connect by hand.'],
  });
}

/** @param place where the far end of the tunnel was asked to connect to */
export function channelRefused(
  server: SshPlace,
  place: string,
  reason: number | null,
  words: string,
): AppError {
  // RFC 4254, section 5.1: 1 is "administratively prohibited", 2 is "connect failed".
  const isForbidden = reason === 1;
  return new AppError('SSH_CHANNEL_REFUSED', {
    title: isForbidden
      ? `The SSH server ${placeText(server)} does not allow connections to ${place}`
      : `The SSH server ${placeText(server)} could not connect to ${place}`,
    detail: cleanText(words, maxWords) || 'The server gave no reason.',
    causes: isForbidden
      ? ['Forwarding is turned off for this user (AllowTcpForwarding, PermitOpen).']
      : [
          'The server is not running, or listens on another port.',
          'The host is not known or not reachable from the SSH server, which looks the name up itself.',
        ],
    fixes: isForbidden
      ? ['Ask the administrator of the SSH server to allow it.']
      : ['Check host and port, as the SSH server sees them.', 'Ask the administrator of the SSH server.'],
    driverCode: reason === null ? null : String(reason),
    retryable: !isForbidden,
  });
}

/** Both sides speak SSH and do not come together, such as without a common algorithm. */
export function handshakeFailed(server: SshPlace, words: string, cause: unknown): AppError {
  return new AppError('SSH_FAILED', {
    title: `No SSH session with ${placeText(server)} could be agreed on`,
    detail: cleanText(words, maxWords),
    causes: [
      'The server offers only algorithms that are out of date.',
      'A service other than SSH listens there.',
    ],
    fixes: ['Check the host and port: SSH usually uses port 22.', 'Ask the administrator of the SSH server.'],
    cause,
  });
}
