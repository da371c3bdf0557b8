import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { driverCodeOf } from '../../network/failures/serverWords.ts';
import { describeBytes, refuseOtherService } from '../../network/failures/unexpectedBytes.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { waitOnSocket } from '../../network/sockets/socketWait.ts';
import type { PreparedTls } from '../../network/tls/prepareTls.ts';
import { CertificateRefused } from '../../network/tls/tlsState.ts';
import { upgradeToTls } from '../../network/tls/upgradeToTls.ts';
import { LoginFailure } from '../login/LoginFailure.ts';
import { expectedService } from './postgresService.ts';

/** SSLRequest: length 8, code 80877103 (PostgreSQL manual, "Message Formats"). */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const agreed = 'S'.charCodeAt(0);
const declined = 'N'.charCodeAt(0);

/** The protocol's name in a handshake that nothing comes before (PostgreSQL manual, "SSL Session Encryption"). */
const alpn = 'postgresql';

/** Which server is to show who it is, and how it is asked for TLS. */
export interface SecureTarget {
  readonly host: string;
  /** From the first byte; absent: after a request in plain text. */
  readonly tlsNegotiation?: 'direct' | undefined;
}

/**
 * Asks the server for TLS, or begins with it at once, and makes the handshake. A server that declines gets no plain text
 * instead.
 * @throws LoginFailure (direct-tls), WireFailure, CertificateRefused, an errno or TLS error, or the abort's reason; the socket is destroyed then
 */
export async function secureSocket(
  socket: Duplex,
  target: SecureTarget,
  prepared: PreparedTls,
  signal: AbortSignal,
): Promise<TLSSocket> {
  if (target.tlsNegotiation === 'direct') return beginWithTls(socket, target.host, prepared, signal);
  try {
    checkAnswer(await askForTls(socket, signal));
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return upgradeToTls(socket, prepared, target.host, signal);
}

/** Whether the server agrees to TLS. */
export const isAgreed = async (socket: Duplex, signal: AbortSignal): Promise<boolean> =>
  (await askForTls(socket, signal))[0] === agreed;

/**
 * TLS from the first byte. A server that does not name the protocol may be one of another kind, which would take what we
 * say for something else; so it is refused, as libpq does.
 */
async function beginWithTls(
  socket: Duplex,
  host: string,
  prepared: PreparedTls,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const secure = await directHandshake(socket, host, prepared, signal);
  if (secure.alpnProtocol === alpn) return secure;
  secure.destroy();
  throw new LoginFailure('direct-tls', 'The server does not say that it speaks the PostgreSQL protocol.');
}

async function directHandshake(
  socket: Duplex,
  host: string,
  prepared: PreparedTls,
  signal: AbortSignal,
): Promise<TLSSocket> {
  try {
    return await upgradeToTls(socket, prepared, host, signal, alpn);
  } catch (error) {
    if (signal.aborted || error instanceof CertificateRefused || !isCutOff(error)) throw error;
    throw new LoginFailure('direct-tls', 'The server closed the connection instead of a TLS handshake.');
  }
}

/** Whether the server left, as older ones do: to them a handshake is a message that is far too long. */
const isCutOff = (error: unknown): boolean =>
  error instanceof WireFailure ||
  /^(?:ECONNRESET|EPIPE|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_NO_APPLICATION_PROTOCOL)$/.test(
    driverCodeOf(error) ?? '',
  );

/** What the server answers to a request for TLS. */
function askForTls(socket: Duplex, signal: AbortSignal): Promise<Buffer> {
  return waitOnSocket<Buffer>(socket, signal, (resolve) => {
    socket.once('data', resolve);
    socket.write(sslRequest);
    return () => socket.off('data', resolve);
  });
}

/**
 * Exactly one byte may come before the handshake. More of them would have been sent in clear text by somebody in between,
 * to be taken for the server's encrypted words (CVE-2021-23222).
 */
function checkAnswer(answer: Buffer): void {
  refuseOtherService(answer, expectedService);
  if (answer[0] === declined) {
    throw new WireFailure('tls-not-supported', 'The server answered "N" to the request for TLS.');
  }
  if (answer[0] !== agreed) throw new WireFailure('protocol', describeBytes(answer, expectedService));
  if (answer.length > 1) {
    throw new WireFailure(
      'protocol',
      'Unencrypted bytes arrived between the agreement to use TLS and the TLS handshake.',
    );
  }
}
