import { isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import type { TlsSettings } from '../../../shared/model/tls.ts';
import { abortReason, onAbort } from '../../base/abort.ts';
import { authorityTrust } from '../network/authorityTrust.ts';
import { CertificateRefused } from '../network/CertificateRefused.ts';
import { bareHost } from '../network/resolveHost.ts';
import { systemTrust } from '../network/systemTrust.ts';
import { readCertificate } from '../network/tlsState.ts';
import { describeBytes, refuseOtherService } from '../network/unexpectedBytes.ts';
import { WireFailure } from './WireFailure.ts';

/** SSLRequest: length 8, code 80877103 (PostgreSQL manual, "Message Formats"). */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const agreed = 'S'.charCodeAt(0);
const declined = 'N'.charCodeAt(0);

/**
 * Asks the server for TLS and makes the handshake. A server that declines gets no plain text instead.
 * @param host as in the data source; the name the certificate must carry under `verify-full`
 * @throws WireFailure, CertificateRefused, an errno or TLS error, or the abort's reason; the socket is destroyed then
 */
export async function upgradeToTls(
  socket: Socket,
  settings: TlsSettings,
  host: string,
  signal: AbortSignal,
): Promise<tls.TLSSocket> {
  try {
    checkAnswer(await askForTls(socket, signal));
    return await handshake(socket, settings, host, signal);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/**
 * What the server answers to a request for TLS.
 * @throws an errno, WireFailure, or the abort's reason
 */
function askForTls(socket: Socket, signal: AbortSignal): Promise<Buffer> {
  return whileWaiting<Buffer>(socket, signal, (resolve) => {
    socket.once('data', resolve);
    socket.write(sslRequest);
    return () => socket.off('data', resolve);
  });
}

/**
 * Whether the server agrees to TLS. The socket is of no use afterwards and destroyed.
 * @throws an errno, WireFailure, or the abort's reason
 */
export async function agreesToTls(socket: Socket, signal: AbortSignal): Promise<boolean> {
  try {
    return (await askForTls(socket, signal))[0] === agreed;
  } finally {
    socket.destroy();
  }
}

/**
 * Exactly one byte may come before the handshake. More of them would have been sent in clear text by somebody in between,
 * to be taken for the server's encrypted words (CVE-2021-23222).
 */
function checkAnswer(answer: Buffer): void {
  refuseOtherService(answer);
  if (answer[0] === declined)
    throw new WireFailure('tls-not-supported', 'The server answered "N" to the request for TLS.');
  if (answer[0] !== agreed) throw new WireFailure('protocol', describeBytes(answer));
  if (answer.length > 1) {
    throw new WireFailure(
      'protocol',
      'Unencrypted bytes arrived between the agreement to use TLS and the TLS handshake.',
    );
  }
}

async function handshake(
  socket: Socket,
  settings: TlsSettings,
  host: string,
  signal: AbortSignal,
): Promise<tls.TLSSocket> {
  const secure = tls.connect({ socket, ...tlsOptions(settings, host) });
  secure.on('error', () => undefined);
  try {
    await whileWaiting<void>(secure, signal, (resolve) => {
      secure.once('secureConnect', resolve);
      return () => secure.off('secureConnect', resolve);
    });
    if (settings.mode !== 'encrypt' && !secure.authorized) {
      throw new CertificateRefused(String(secure.authorizationError), readCertificate(secure));
    }
    return secure;
  } catch (error) {
    secure.destroy();
    throw error;
  }
}

function tlsOptions(settings: TlsSettings, host: string): tls.ConnectionOptions {
  const name = bareHost(host).replace(/%.*$/, '').replace(/\.$/, '');
  return {
    secureContext: settings.caPem === null ? systemTrust() : authorityTrust(settings.caPem),
    // Node looks for this name in the certificate; `servername` alone may never be an address (RFC 6066, section 3).
    host: name,
    ...(isIP(name) === 0 ? { servername: name } : {}),
    // Node still verifies and says so in `authorized`, which the caller checks before a byte is sent. With `true` the
    // socket would be gone before anybody could tell people which certificate was refused.
    rejectUnauthorized: false,
    ...(settings.mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  };
}

/** Waits for one event of a socket, or its error, its end or the abort, whichever is first; no listener stays. */
function whileWaiting<Value>(
  socket: Socket,
  signal: AbortSignal,
  listen: (resolve: (value: Value) => void) => () => void,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onClose = () => onError(new WireFailure('closed', 'The server closed the connection.'));
    const done = () => {
      stopListening();
      listening.dispose();
      socket.off('error', onError).off('close', onClose).off('end', onClose);
    };
    const onError = (error: Error) => {
      done();
      reject(error);
    };
    socket.once('error', onError).once('close', onClose).once('end', onClose);
    const stopListening = listen((value) => {
      done();
      resolve(value);
    });
    const listening = onAbort(signal, () =>
      queueMicrotask(() => {
        done();
        reject(abortReason(signal));
      }),
    );
  });
}
