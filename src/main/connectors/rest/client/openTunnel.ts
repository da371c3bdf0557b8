import type { Socket } from 'node:net';
import { waitOnSocket } from '../../network/sockets/socketWait.ts';
import { ProxyRefused } from '../errors/restWords.ts';

/** No proxy says more before it opens a tunnel. */
const maxHeadBytes = 16 * 1024;
const headEnd = Buffer.from('\r\n\r\n');

/**
 * Asks an HTTP proxy for a tunnel (RFC 9110, 9.3.6).
 * @throws ProxyRefused, an errno, WireFailure, or the abort's reason
 */
export async function openTunnel(
  socket: Socket,
  { host, port }: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<void> {
  socket.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`);
  const head = await readHead(socket, signal);
  const [, status = ''] = /^HTTP\/1\.[01] (\d{3})(?: |\r)/.exec(head) ?? [];
  if (status === '') throw new ProxyRefused(null, 'The proxy did not answer with HTTP.');
  if (!status.startsWith('2')) {
    throw new ProxyRefused(Number(status), `The proxy answered with status ${status}.`);
  }
}

function readHead(socket: Socket, signal: AbortSignal): Promise<string> {
  let received = Buffer.alloc(0);
  return waitOnSocket<string | Error>(socket, signal, (resolve) => {
    const onData = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const end = received.indexOf(headEnd);
      if (end < 0 && received.length <= maxHeadBytes) return;
      socket.pause();
      // What comes after it would be taken for the API's own words.
      const isClean = end >= 0 && end + headEnd.length === received.length;
      const head = received.subarray(0, Math.max(0, end) + 2).toString('latin1');
      const isOpen = /^HTTP\/1\.[01] 2/.test(head);
      resolve(isClean || !isOpen ? head : new ProxyRefused(null, 'The proxy sent more than its answer.'));
    };
    socket.on('data', onData);
    return () => socket.off('data', onData);
  }).then((head) => {
    if (head instanceof Error) throw head;
    return head;
  });
}
