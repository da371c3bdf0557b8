import { isIPv4, isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import { bareHost } from '../sockets/resolveHost.ts';
import type { ProxyLogin } from './openHttpTunnel.ts';
import { ProxyRefused } from './ProxyRefused.ts';
import { type LengthOf, readAnswer } from './readAnswer.ts';

/** SOCKS 5 (RFC 1928) and its log-in with a password (RFC 1929). */
const version = 5;
const loginVersion = 1;
const methods = { none: 0, password: 2, refused: 0xff } as const;
const connect = 1;
const addressTypes = { ipv4: 1, name: 3, ipv6: 4 } as const;

/**
 * Asks a SOCKS 5 proxy for a connection. Names are looked up by the proxy.
 * @param login sent only when the proxy asks for it; up to 255 bytes each
 * @throws ProxyRefused, an errno, WireFailure, or the abort's reason
 */
export async function openSocksTunnel(
  socket: Duplex,
  place: { readonly host: string; readonly port: number },
  login: ProxyLogin | null,
  signal: AbortSignal,
): Promise<void> {
  const offered = login === null ? [methods.none] : [methods.none, methods.password];
  const [, method] = await exchange(
    socket,
    Buffer.from([version, offered.length, ...offered]),
    pair(version),
    signal,
  );
  if (method === methods.password && login !== null) await logIn(socket, login, signal);
  else if (method === methods.refused) throw new ProxyRefused(methods.refused, 'The proxy wants a log-in.');
  else if (method !== methods.none)
    throw new ProxyRefused(null, 'The proxy chose a log-in that was not offered.');
  const answer = await exchange(socket, request(place), replyLength, signal);
  const status = answer.readUInt8(1);
  if (status !== 0) throw new ProxyRefused(status, `The proxy answered with ${status}.`);
}

async function logIn(socket: Duplex, { user, password }: ProxyLogin, signal: AbortSignal): Promise<void> {
  const words = [user, password].map((word) => Buffer.from(word, 'utf8'));
  if (words.some(({ length }) => length > 255)) {
    throw new ProxyRefused(methods.refused, 'User or password are longer than SOCKS 5 allows.');
  }
  const parts = words.flatMap((word) => [Buffer.from([word.length]), word]);
  const answer = await exchange(
    socket,
    Buffer.concat([Buffer.from([loginVersion]), ...parts]),
    pair(loginVersion),
    signal,
  );
  if (answer.readUInt8(1) !== 0) throw new ProxyRefused(methods.refused, 'The proxy refused the log-in.');
}

function request({ host, port }: { readonly host: string; readonly port: number }): Buffer {
  const portBytes = Buffer.alloc(2);
  portBytes.writeUInt16BE(port);
  return Buffer.concat([Buffer.from([version, connect, 0]), addressBytes(bareHost(host)), portBytes]);
}

function addressBytes(host: string): Buffer {
  if (isIPv4(host)) return Buffer.from([addressTypes.ipv4, ...host.split('.').map(Number)]);
  if (isIPv6(host)) return Buffer.concat([Buffer.from([addressTypes.ipv6]), ipv6Bytes(host)]);
  const name = Buffer.from(new URL(`http://${host}`).hostname, 'utf8');
  return Buffer.concat([Buffer.from([addressTypes.name, name.length]), name]);
}

/** The sixteen bytes of an address without a zone. */
function ipv6Bytes(host: string): Buffer {
  const [head = '', tail] = new URL(`http://[${host.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::');
  const groupsOf = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'));
  const [before, after] = [groupsOf(head), groupsOf(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex');
}

/** Two bytes that begin with a version. */
const pair =
  (first: number): LengthOf =>
  (bytes) => {
    requireVersion(bytes, first);
    return 2;
  };

function requireVersion(bytes: Buffer, expected: number): void {
  if (bytes.length > 0 && bytes[0] !== expected) {
    throw new ProxyRefused(null, 'The proxy did not answer with SOCKS 5.');
  }
}

/** Four bytes, an address of the type that the fourth names, and a port. */
function replyLength(bytes: Buffer): number | null {
  requireVersion(bytes, version);
  // What failed need not have an address.
  if (bytes.length >= 2 && bytes.readUInt8(1) !== 0) return bytes.length;
  if (bytes.length < 5) return null;
  switch (bytes.readUInt8(3)) {
    case addressTypes.ipv4:
      return 10;
    case addressTypes.ipv6:
      return 22;
    case addressTypes.name:
      return 7 + bytes.readUInt8(4);
    default:
      throw new ProxyRefused(null, 'The proxy answered with an unknown kind of address.');
  }
}

function exchange(socket: Duplex, bytes: Buffer, lengthOf: LengthOf, signal: AbortSignal): Promise<Buffer> {
  socket.write(bytes);
  return readAnswer(socket, lengthOf, signal);
}
