import { connect, type Socket } from 'node:net';
import { abortReason, onAbort } from '../../../base/abort.ts';
import type { Clock, Timer } from '../../../base/Clock.ts';
import type { HostAddress } from './resolveHost.ts';
import { waitOnSocket } from './socketWait.ts';

/** An address that does not answer delays the next one by this much only (RFC 8305, section 8). */
const attemptDelayMs = 250;
/** With the operating system's usual probes a silent peer is found out within about 15 seconds. */
const keepAliveDelayMs = 5_000;

export interface TcpConnection {
  readonly socket: Socket;
  /** The address that answered. */
  readonly address: HostAddress;
}

/**
 * Opens a TCP connection to the first address that answers. Addresses are tried in turn: the next one starts when the
 * last failed or has not answered for a while. The losers are closed.
 * @throws the most telling errno of all attempts, or the abort's reason
 */
export function openTcp(
  addresses: readonly HostAddress[],
  port: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<TcpConnection> {
  return new Promise((resolve, reject) => {
    const pending = new Set<Socket>();
    const failures: Error[] = [];
    const waiting = [...addresses];
    let delay: Timer | null = null;

    const settle = (winner: TcpConnection | null, failure: unknown) => {
      delay?.cancel();
      listening.dispose();
      if (winner !== null) pending.delete(winner.socket);
      for (const socket of pending) socket.destroy();
      pending.clear();
      if (winner !== null) resolve(winner);
      else reject(failure);
    };
    const attemptNext = () => {
      delay?.cancel();
      const address = waiting.shift();
      if (address !== undefined) attempt(address);
      else if (pending.size === 0) settle(null, mostTelling(failures));
      if (waiting.length > 0 && pending.size > 0) delay = clock.after(attemptDelayMs, attemptNext);
    };
    const attempt = (address: HostAddress) => {
      const socket = open(address, port);
      pending.add(socket);
      socket.once('connect', () => {
        if (pending.has(socket)) settle({ socket, address }, null);
      });
      socket.once('error', (error) => {
        if (!pending.delete(socket)) return;
        failures.push(error);
        attemptNext();
      });
    };
    const listening = onAbort(signal, () => queueMicrotask(() => settle(null, abortReason(signal))));
    if (!signal.aborted) attemptNext();
  });
}

/**
 * Opens a local socket, or a named pipe of Windows.
 * @throws an errno, WireFailure, or the abort's reason; nothing is left open then
 */
export async function openUnixSocket(path: string, signal: AbortSignal): Promise<Socket> {
  const socket = kept(connect({ path }));
  try {
    await waitOnSocket<void>(socket, signal, (resolve) => {
      socket.once('connect', resolve);
      return () => socket.off('connect', resolve);
    });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function open(address: HostAddress, port: number): Socket {
  const options = {
    host: address.address,
    port,
    family: address.family,
    autoSelectFamily: false,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveDelayMs,
  };
  return kept(connect(options));
}

function kept(socket: Socket): Socket {
  // For as long as the socket lives: an error that comes between two owners must not end the process.
  socket.on('error', () => undefined);
  return socket;
}

/** A machine that refused tells more than one that never answered. */
function mostTelling(failures: readonly Error[]): Error {
  const refused = failures.find((error) => 'code' in error && error.code === 'ECONNREFUSED');
  return refused ?? failures[0] ?? new Error('There was no address to connect to');
}
