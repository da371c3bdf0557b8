import type { Duplex } from 'node:stream';
import type { Client, ServerHostKeyAlgorithm } from 'ssh2';
import { abortReason, onAbort } from '../../../base/abort.ts';
import { WireFailure } from '../failures/WireFailure.ts';
import { type HostKey, hostKeyOf, judgeHostKey, knownTypesOf } from './hostKeys.ts';
import { type KnownHost, linesAbout } from './knownHosts.ts';
import type { SshLogIn } from './SshLogIn.ts';
import {
  HostKeyChanged,
  handshakeFailed,
  hostKeyRevoked,
  type SshPlace,
  UnknownHostKey,
} from './sshErrors.ts';

/** A server that answers none of three of these is gone: found out within 40 seconds. */
const keepAliveMs = 10_000;
const keepAliveCount = 3;

/** Algorithms of host keys by the type of the key. RSA keys sign in more than one way. */
const algorithmsOf: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
};

export interface SessionRequest {
  /** Open, and nothing was said on it yet. */
  readonly socket: Duplex;
  readonly server: SshPlace;
  readonly user: string;
  readonly knownHosts: readonly KnownHost[];
  readonly logIn: SshLogIn;
}

/** An SSH session in which channels can be opened. */
export interface SshSession {
  readonly client: Client;
  readonly hostKey: HostKey;
}

/**
 * Agrees on keys with an SSH server, checks its host key, and logs in. Nothing secret is sent before the key is known.
 * @throws SSH_HOST_KEY_…, SSH_AUTH_FAILED, SSH_FAILED, what the log-in needed and did not get, an errno, WireFailure, or
 *   the abort's reason; the socket is closed then
 */
export async function openSession(request: SessionRequest, signal: AbortSignal): Promise<SshSession> {
  const { default: ssh2 } = await import('ssh2');
  const client = new ssh2.Client();
  const { socket, server, knownHosts, user, logIn } = request;
  const guard = new HostKeyGuard(server, knownHosts);
  try {
    await new Promise<void>((resolve, reject) => {
      const listening = onAbort(signal, () => queueMicrotask(() => reject(abortReason(signal))));
      const settle = (work: () => void) => () => {
        listening.dispose();
        work();
      };
      client.once('ready', settle(resolve));
      client.once(
        'close',
        settle(() => reject(new WireFailure('closed', 'The server closed the connection.'))),
      );
      client.on('error', (error: Error & { level?: string }) => {
        settle(() => reject(guard.refusal ?? failureOf(error, request)))();
      });
      if (signal.aborted) return;
      client.connect({
        ...{ sock: socket, username: user },
        authHandler: logIn.handler(settle(() => reject(logIn.error))),
        hostVerifier: (key: Buffer) => guard.accepts(key),
        algorithms: { serverHostKey: { append: [], remove: [], prepend: guard.algorithms } },
        // Time is ours to keep.
        ...{ readyTimeout: 0, keepaliveInterval: keepAliveMs, keepaliveCountMax: keepAliveCount },
      });
    });
    client.setNoDelay(true);
    return { client, hostKey: guard.shown };
  } catch (error) {
    client.destroy();
    socket.destroy();
    throw error;
  }
}

function failureOf(error: Error & { level?: string }, { server, logIn }: SessionRequest): unknown {
  switch (error.level) {
    case 'client-authentication':
    case 'agent':
      return logIn.error;
    case 'handshake':
      return handshakeFailed(server, error.message, error);
    case 'client-socket':
      return error;
    default:
      return new WireFailure('protocol', error.message);
  }
}

/** Compares the key that a server shows with those that are known. */
class HostKeyGuard {
  /** To be asked for before others: those of the keys that are known. */
  readonly algorithms: ServerHostKeyAlgorithm[];
  readonly #server: SshPlace;
  /** The lines about the server. */
  readonly #known: readonly KnownHost[];
  #shown: HostKey = { type: '', bytes: Buffer.alloc(0) };
  #refusal: unknown = null;

  constructor(server: SshPlace, known: readonly KnownHost[]) {
    this.#server = server;
    this.#known = linesAbout(known, server.host, server.port);
    this.algorithms = knownTypesOf(this.#known).flatMap((type) =>
      Object.hasOwn(algorithmsOf, type) ? (algorithmsOf[type] ?? []) : [],
    );
  }

  get shown(): HostKey {
    return this.#shown;
  }

  /** Why the key was not accepted; null when it was, or when none was shown. */
  get refusal(): unknown {
    return this.#refusal;
  }

  accepts(bytes: Buffer): boolean {
    const key = hostKeyOf(bytes);
    this.#shown = key;
    const verdict = judgeHostKey(this.#known, key);
    switch (verdict.type) {
      case 'known':
        return true;
      case 'unknown':
        this.#refusal = new UnknownHostKey(this.#server, key);
        return false;
      case 'revoked':
        this.#refusal = hostKeyRevoked(this.#server, key);
        return false;
      case 'changed':
        this.#refusal = new HostKeyChanged(this.#server, key, verdict.fingerprints);
        return false;
    }
  }
}
