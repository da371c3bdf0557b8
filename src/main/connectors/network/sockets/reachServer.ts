import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Endpoint } from '../../../../shared/engines/Engine.ts';
import type { Clock } from '../../../base/Clock.ts';
import { openTcp, openUnixSocket } from './openSocket.ts';
import type { ReachStages } from './reachStages.ts';
import { type HostAddress, type Lookup, literalAddress, resolveHost } from './resolveHost.ts';

/** A socket to a server, on which nothing was said yet. */
export interface ReachedServer {
  readonly socket: Duplex;
  /** Which of its addresses answered; null for a local socket, and where a tunnel or a proxy has looked it up. */
  readonly address: HostAddress | null;
  /** Opens another connection to the same server in the same way, without a report. @throws as the way itself */
  readonly again: (signal: AbortSignal) => Promise<Duplex>;
}

/** The same without anybody in between. */
export interface StraightReached extends ReachedServer {
  readonly socket: Socket;
}

/** How connections get to a server. */
export interface Way {
  /**
   * Opens a socket to the server, each stage reported.
   * @throws an errno, WireFailure, AppError of a tunnel or proxy, or the abort's reason; nothing is left open then
   */
  reach(stages: ReachStages, signal: AbortSignal): Promise<ReachedServer>;
}

interface Stages {
  begin(name: 'dns' | 'tcp' | 'socket'): void;
  succeed(note: string | null): void;
  skip(name: 'dns', note: string): void;
}

/**
 * Name look-up and TCP, or a local socket, each reported.
 * @throws an errno, WireFailure, or the abort's reason; nothing is left open then
 */
export async function reachServer(
  place: Endpoint['place'],
  lookup: Lookup,
  clock: Clock,
  stages: Stages,
  signal: AbortSignal,
): Promise<StraightReached> {
  if ('socketPath' in place) {
    stages.begin('socket');
    const socket = await openUnixSocket(place.socketPath, signal);
    stages.succeed(place.socketPath);
    return { socket, address: null, again: (again) => openUnixSocket(place.socketPath, again) };
  }
  const addresses = await findAddresses(place.host, lookup, stages, signal);
  stages.begin('tcp');
  const reached = await openTcp(addresses, place.port, clock, signal);
  stages.succeed(`${reached.address.address}, port ${place.port}`);
  const { socket, address } = reached;
  const again = async (signal: AbortSignal) => (await openTcp([address], place.port, clock, signal)).socket;
  return { socket, address, again };
}

async function findAddresses(
  host: string,
  lookup: Lookup,
  stages: Stages,
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
