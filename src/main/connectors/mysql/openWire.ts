import type { Duplex } from 'node:stream';
import { isNamedPipe, type MysqlConfig } from '../../../shared/engines/mysql/config.ts';
import type { TlsState } from '../../../shared/model/testReport.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import type { StageReporter } from '../network/StageReporter.ts';
import type { ReachedServer, Way } from '../network/sockets/reachServer.ts';
import type { ReachStage } from '../network/sockets/reachStages.ts';
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
  /** The same way again, for a second connection that must reach the same server. */
  readonly again: ReachedServer['again'];
  readonly tls: TlsState;
}

/**
 * The way to the server, greeting and TLS, each reported.
 * @throws AppError of a tunnel or proxy, errno and TLS errors, ServerError, WireFailure, CertificateRefused, or the abort's reason; nothing is left open
 */
export async function openWire(
  config: MysqlConfig,
  loadsRows: boolean,
  way: Way,
  stages: Pick<StageReporter<WireStage>, 'begin' | 'succeed' | 'skip'>,
  signal: AbortSignal,
): Promise<OpenWire> {
  const { socket, again } = await way.reach(stages, signal);
  return protectedWire(socket, again, { config, loadsRows }, stages, signal);
}

const silent = { begin: () => undefined, succeed: () => undefined, skip: () => undefined };

/** The same way again, without look-up and report. */
export async function reopenWire(
  config: MysqlConfig,
  again: ReachedServer['again'],
  signal: AbortSignal,
): Promise<OpenWire> {
  const socket = await again(signal);
  return protectedWire(socket, again, { config, loadsRows: false }, silent, signal);
}

/** What the session is for. */
interface SessionWish {
  readonly config: MysqlConfig;
  readonly loadsRows: boolean;
}

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
  { config, loadsRows }: SessionWish,
  stages: Pick<StageReporter<WireStage>, 'begin' | 'succeed' | 'skip'>,
  signal: AbortSignal,
): Promise<OpenWire> {
  const { tls, database, compression, socketPath } = config;
  const isEncrypted = socketPath === null && tls.mode !== 'disable';
  const wish = {
    ...{ tls: isEncrypted, database: database !== null, compress: compression },
    localFiles: loadsRows,
  };
  const capabilities = chooseCapabilities(greeting, wish);
  const wire = { greeting, capabilities, again };
  if (!isEncrypted) {
    stages.skip('tls', socketPath === null ? 'TLS is turned off' : 'A local socket needs no TLS');
    // Whoever is first can listen at the name of a pipe: it proves nothing about who answers.
    const isFile = socketPath !== null && !isNamedPipe(socketPath);
    const protection: Protection = isFile ? 'socket-file' : 'plain';
    return { ...wire, stream: socket, protection, sequence: 1, tls: { active: false } };
  }
  stages.begin('tls');
  if ((capabilities.flags & capability.tls) === 0) {
    throw new WireFailure('tls-not-supported', 'The server offers no TLS in its greeting.');
  }
  socket.write(packetsOf(tlsRequest(capabilities), 1));
  const secure = await upgradeToTls(socket, tls, config.host, signal);
  const state = readTlsState(secure, tls.mode);
  stages.succeed(`${state.protocol}, ${state.cipher}`);
  const protection: Protection = tls.mode === 'encrypt' ? 'tls-unverified' : 'tls-verified';
  return { ...wire, stream: secure, protection, sequence: 2, tls: state };
}
