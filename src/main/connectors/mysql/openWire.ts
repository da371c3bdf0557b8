import type { Socket } from 'node:net';
import type { MysqlConfig } from '../../../shared/engines/mysql/config.ts';
import { mysqlEngine } from '../../../shared/engines/mysql/engine.ts';
import type { TlsState } from '../../../shared/model/testReport.ts';
import type { Clock } from '../../base/Clock.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import type { StageReporter } from '../network/StageReporter.ts';
import { type ReachStage, reachAgain, reachServer } from '../network/sockets/reachServer.ts';
import type { HostAddress, Lookup } from '../network/sockets/resolveHost.ts';
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
  /** Where it leads, for a second connection that must reach the same server; null for a local socket. */
  readonly address: HostAddress | null;
  readonly tls: TlsState;
}

/**
 * Name look-up, TCP or socket, greeting and TLS, each reported.
 * @throws errno and TLS errors, ServerError, WireFailure, CertificateRefused, or the abort's reason; nothing is left open
 */
export async function openWire(
  config: MysqlConfig,
  loadsRows: boolean,
  lookup: Lookup,
  clock: Clock,
  stages: Pick<StageReporter<WireStage>, 'begin' | 'succeed' | 'skip'>,
  signal: AbortSignal,
): Promise<OpenWire> {
  const { place } = mysqlEngine.endpoint(config);
  const { socket, address } = await reachServer(place, lookup, clock, stages, signal);
  return protectedWire(socket, address, { config, loadsRows }, stages, signal);
}

const silent = { begin: () => undefined, succeed: () => undefined, skip: () => undefined };

/** The same way again, without look-up and report. */
export async function reopenWire(
  config: MysqlConfig,
  address: HostAddress | null,
  clock: Clock,
  signal: AbortSignal,
): Promise<OpenWire> {
  const { place } = mysqlEngine.endpoint(config);
  const socket = await reachAgain(place, address, clock, signal);
  return protectedWire(socket, address, { config, loadsRows: false }, silent, signal);
}

/** What the session is for. */
interface SessionWish {
  readonly config: MysqlConfig;
  readonly loadsRows: boolean;
}

async function protectedWire(
  socket: Socket,
  address: HostAddress | null,
  wished: SessionWish,
  stages: Pick<StageReporter<WireStage>, 'begin' | 'succeed' | 'skip'>,
  signal: AbortSignal,
): Promise<OpenWire> {
  try {
    stages.begin('greeting');
    const greeting = await greet(socket, signal);
    if (!isModern(greeting)) throw new WireFailure('protocol', 'The server is older than MySQL 5.7.');
    stages.succeed(`${greeting.product} ${greeting.version}`);
    return await protect(socket, greeting, address, wished, stages, signal);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function protect(
  socket: Socket,
  greeting: Greeting,
  address: HostAddress | null,
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
  const wire = { greeting, capabilities, address };
  if (!isEncrypted) {
    stages.skip('tls', socketPath === null ? 'TLS is turned off' : 'A local socket needs no TLS');
    const protection: Protection = socketPath === null ? 'plain' : 'socket-file';
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
