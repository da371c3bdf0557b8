import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import { bareHost } from '../sockets/resolveHost.ts';
import { waitOnSocket } from '../sockets/socketWait.ts';
import type { PreparedTls } from './prepareTls.ts';
import { CertificateRefused, readCertificate } from './tlsState.ts';

/**
 * Makes the TLS handshake on a socket whose server has agreed to it, and checks the certificate as the mode demands.
 * Whoever asked the server must have made sure that no byte came after its answer: it would have been sent in clear text
 * by somebody in between, to be taken for the server's encrypted words.
 * @param host as in the data source; the name the certificate must carry under `verify-full`
 * @param alpn what is to be spoken over it, where the server must know it (RFC 7301)
 * @throws WireFailure, CertificateRefused, an errno or TLS error, or the abort's reason; the socket is destroyed then
 */
export async function upgradeToTls(
  socket: Duplex,
  prepared: PreparedTls,
  host: string,
  signal: AbortSignal,
  alpn: string | null = null,
): Promise<tls.TLSSocket> {
  let secure: tls.TLSSocket | null = null;
  try {
    const protocol = alpn === null ? {} : { ALPNProtocols: [alpn] };
    secure = tls.connect({ socket, ...tlsOptions(prepared, host), ...protocol });
    await secured(secure, signal);
    const isTaken = mayBeAnybody(prepared) || secure.authorized;
    if (isTaken) return secure;
    throw new CertificateRefused(String(secure.authorizationError), readCertificate(secure));
  } catch (error) {
    secure?.destroy();
    socket.destroy();
    throw error;
  }
}

/** Whether the server need not show who it is. */
const mayBeAnybody = ({ settings: { mode } }: PreparedTls): boolean =>
  mode !== 'verify-ca' && mode !== 'verify-full';

function secured(secure: tls.TLSSocket, signal: AbortSignal): Promise<void> {
  // For as long as the socket lives: an error that comes between two owners must not end the process.
  secure.on('error', () => undefined);
  return waitOnSocket<void>(secure, signal, (resolve) => {
    secure.once('secureConnect', resolve);
    return () => secure.off('secureConnect', resolve);
  });
}

function tlsOptions({ settings, context }: PreparedTls, host: string): tls.ConnectionOptions {
  const name = bareHost(host).replace(/%.*$/, '').replace(/\.$/, '');
  const isSent = settings.sni !== false && isIP(name) === 0;
  return {
    secureContext: context,
    // Node looks for this name in the certificate; `servername` alone may never be an address (RFC 6066, section 3).
    host: name,
    ...(isSent ? { servername: name } : {}),
    // Node still verifies and says so in `authorized`, which is checked before a byte is sent. With `true` the socket
    // would be gone before anybody could tell people which certificate was refused.
    rejectUnauthorized: false,
    ...(settings.mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  };
}
