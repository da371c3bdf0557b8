import type { Duplex } from 'node:stream';
import { hostAndPort } from '../../../../shared/engines/hostText.ts';
import { ProxyRefused } from './ProxyRefused.ts';
import { readAnswer } from './readAnswer.ts';

/** No proxy says more before it opens a tunnel. */
const maxHeadBytes = 16 * 1024;
const headEnd = Buffer.from('\r\n\r\n');

/** Who logs in to a proxy. */
export interface ProxyLogin {
  readonly user: string;
  readonly password: string;
}

/**
 * Asks an HTTP proxy for a tunnel (RFC 9110, 9.3.6), with a log-in of the scheme `Basic` where one is given.
 * @throws ProxyRefused, an errno, WireFailure, or the abort's reason
 */
export async function openHttpTunnel(
  socket: Duplex,
  { host, port }: { readonly host: string; readonly port: number },
  login: ProxyLogin | null,
  signal: AbortSignal,
): Promise<void> {
  const place = hostAndPort(host, port);
  socket.write(`CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n${authorizationOf(login)}\r\n`);
  const head = (await readAnswer(socket, headLength, signal)).toString('latin1');
  const [, status = ''] = /^HTTP\/1\.[01] (\d{3})(?: |\r)/.exec(head) ?? [];
  if (status === '') throw new ProxyRefused(null, 'The proxy did not answer with HTTP.');
  if (!status.startsWith('2')) {
    throw new ProxyRefused(Number(status), `The proxy answered with status ${status}.`);
  }
}

function authorizationOf(login: ProxyLogin | null): string {
  if (login === null) return '';
  const credentials = Buffer.from(`${login.user}:${login.password}`, 'utf8').toString('base64');
  return `Proxy-Authorization: Basic ${credentials}\r\n`;
}

/** A head ends with an empty line. */
function headLength(bytes: Buffer): number | null {
  const end = bytes.indexOf(headEnd);
  if (end >= 0) return end + headEnd.length;
  if (bytes.length <= maxHeadBytes) return null;
  throw new ProxyRefused(null, 'The proxy did not end its answer.');
}
