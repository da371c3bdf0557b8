import type { Socket } from 'node:net';
import type { Endpoint } from '../../../../shared/engines/Engine.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { StageReporter } from '../StageReporter.ts';
import { openTcp, openUnixSocket } from './openSocket.ts';
import { type HostAddress, type Lookup, literalAddress, resolveHost } from './resolveHost.ts';

/** The stages that `reachServer` reports: look-up and TCP, or the local socket. */
export type ReachStage = 'dns' | 'tcp' | 'socket';

/** A socket to a server, on which nothing was said yet. */
export interface ReachedServer {
  readonly socket: Socket;
  /** Which of its addresses answered, so that a second connection reaches the same server; null for a local socket. */
  readonly address: HostAddress | null;
}

/**
 * Name look-up and TCP, or a local socket, each reported.
 * @throws an errno, WireFailure, or the abort's reason; nothing is left open then
 */
export async function reachServer(
  place: Endpoint['place'],
  lookup: Lookup,
  clock: Clock,
  stages: Pick<StageReporter<ReachStage>, 'begin' | 'succeed' | 'skip'>,
  signal: AbortSignal,
): Promise<ReachedServer> {
  if ('socketPath' in place) {
    stages.begin('socket');
    const socket = await openUnixSocket(place.socketPath, signal);
    stages.succeed(place.socketPath);
    return { socket, address: null };
  }
  const addresses = await findAddresses(place.host, lookup, stages, signal);
  stages.begin('tcp');
  const reached = await openTcp(addresses, place.port, clock, signal);
  stages.succeed(`${reached.address.address}, port ${place.port}`);
  return reached;
}

/** Another connection to the server that was reached before, without look-up and report. */
export async function reachAgain(
  place: Endpoint['place'],
  address: HostAddress | null,
  clock: Clock,
  signal: AbortSignal,
): Promise<Socket> {
  if ('socketPath' in place) return openUnixSocket(place.socketPath, signal);
  if (address === null) throw new Error('The server was reached without an address');
  return (await openTcp([address], place.port, clock, signal)).socket;
}

async function findAddresses(
  host: string,
  lookup: Lookup,
  stages: Pick<StageReporter<ReachStage>, 'begin' | 'succeed' | 'skip'>,
  signal: AbortSignal,
): Promise<readonly HostAddress[]> {
  const literal = literalAddress(host);
  if (literal !== null) {
    stages.skip('dns', 'The host is already an IP address');
    return [literal];
  }
  stages.begin('dns');
  const addresses = await resolveHost(host, lookup, signal);
  stages.succeed(addresses.map(({ address }) => address).join(', '));
  return addresses;
}
