import type { Duplex } from 'node:stream';
import { isNamedPipe, type MysqlConfig } from '../../../shared/engines/mysql/config.ts';
import type { TlsState } from '../../../shared/model/testReport.ts';
import { mayBePlain } from '../../../shared/model/tlsModes.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import type { StageReporter } from '../network/StageReporter.ts';
import type { ReachedServer, Way } from '../network/sockets/reachServer.ts';
import type { ReachStage } from '../network/sockets/reachStages.ts';
import type { AskPassphrase } from '../network/tls/clientIdentity.ts';
import { prepareTls } from '../network/tls/prepareTls.ts';
import { readTlsState } from '../network/tls/tlsState.ts';
import { upgradeToTls } from '../network/tls/upgradeToTls.ts';
import type { Wire as Protection } from './login/authenticationPolicy.ts';
import { greet } from './login/greet.ts';
import type { Greeting } from './login/greeting.ts';
import { tlsRequest } from './login/loginPackets.ts';
import { capability, chooseCapabilities, isModern } from './protocol/capabilities.ts';
import { packetsOf } from './protocol/commandPackets.ts';
import type { GreetedWire } from './startSession.ts';

export type WireStage = ReachStage | 'greeting' | 'tls';

/** A wire on which the log-in can begin. */
export interface OpenWire extends GreetedWire {
  /** The same way again, with the same protection: for a second connection that must reach the same server. */
  readonly reopen: (signal: AbortSignal) => Promise<OpenWire>;
  readonly tls: TlsState;
}

/** What the session is for. */
export interface SessionWish {
  readonly config: MysqlConfig;
  readonly loadsRows: boolean;
  /** Of the key of the client certificate. */
  readonly passphrase: AskPassphrase;
}

/**
 * The way to the server, greeting and TLS, each reported.
 * @throws AppError of a tunnel or proxy, errno and TLS errors, ServerError, WireFailure, CertificateRefused, or the abort's reason; nothing is left open
 */
export async function openWire(
  wish: SessionWish,
  way: Way,
  stages: Pick<StageReporter<WireStage>, 'begin' | 'succeed' | 'skip'>,
  signal: AbortSignal,
): Promise<OpenWire> {
  const { socket, again } = await way.reach(stages, signal);
  return protectedWire(socket, again, wish, stages, signal);
}

const silent = { begin: () => undefined, succeed: () => undefined, skip: () => undefined };

async function protectedWire(
  socket: Duplex,
  again: ReachedServer['again'],
  wished: SessionWish,
  stages: Pick<StageReporter<WireStage>, 'begin' | 'succeed' | 'skip'>,
  signal: AbortSignal,
): Promise<OpenWire> {
  try {
    stages.begin('greeting');
    const greeting = await greet(socket, signal);
    if (!isModern(greeting)) throw new WireFailure('protocol', 'The server is older than MySQL 5.7.');
    stages.succeed(`${greeting.product} ${greeting.version}`);
    return await protect(socket, greeting, again, wished, stages, signal);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function protect(
  socket: Duplex,
  greeting: Greeting,
  again: ReachedServer['again'],
  { config, loadsRows, passphrase }: SessionWish,
  stages: Pick<StageReporter<WireStage>, 'begin' | 'succeed' | 'skip'>,
  signal: AbortSignal,
): Promise<OpenWire> {
  const { tls, database, compression, socketPath } = config;
  const wants = socketPath === null && tls.mode !== 'disable';
  const capabilities = chooseCapabilities(greeting, {
    ...{ tls: wants, database: database !== null, compress: compression },
    localFiles: loadsRows,
  });
  const isOffered = (capabilities.flags & capability.tls) !== 0;
  const reopenAs = (config: MysqlConfig) => async (later: AbortSignal) =>
    protectedWire(await again(later), again, { config, loadsRows: false, passphrase }, silent, later);
  const wire = { greeting, capabilities, reopen: reopenAs(config) };
  if (!wants || (!isOffered && tls.mode === 'prefer')) {
    stages.skip('tls', whyPlain(config));
    // Whoever is first can listen at the name of a pipe: it proves nothing about who answers.
    const isFile = socketPath !== null && !isNamedPipe(socketPath);
    const protection: Protection = isFile ? 'socket-file' : 'plain';
    return { ...wire, stream: socket, protection, sequence: 1, tls: { active: false } };
  }
  stages.begin('tls');
  if (!isOffered) {
    throw new WireFailure('tls-not-supported', 'The server offers no TLS in its greeting.');
  }
  const prepared = await prepareTls(tls, passphrase);
  socket.write(packetsOf(tlsRequest(capabilities), 1));
  const secure = await upgradeToTls(socket, prepared, config.host, signal);
  const state = readTlsState(secure, tls.mode, prepared.client);
  stages.succeed(`${state.protocol}, ${state.cipher}`);
  const isVerified = tls.mode === 'verify-ca' || tls.mode === 'verify-full';
  return {
    ...wire,
    ...{ stream: secure, protection: isVerified ? 'tls-verified' : 'tls-unverified' },
    ...{ sequence: 2, tls: state },
    // What was encrypted once is not done in plain text, whoever may have talked the server out of it.
    reopen: reopenAs(mayBePlain(tls.mode) ? { ...config, tls: { ...tls, mode: 'encrypt' } } : config),
  };
}

function whyPlain({ socketPath, tls }: MysqlConfig): string {
  if (socketPath !== null) return 'A local socket needs no TLS';
  return tls.mode === 'disable' ? 'TLS is turned off' : 'Not encrypted: the server offers no TLS';
}
