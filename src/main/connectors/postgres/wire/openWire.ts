import type { Duplex } from 'node:stream';
import type { TlsState } from '../../../../shared/model/testReport.ts';
import type { TlsSettings } from '../../../../shared/model/tls.ts';
import { withDeadline } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import { describeBytes, refuseOtherService } from '../../network/failures/unexpectedBytes.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import type { StageReporter } from '../../network/StageReporter.ts';
import type { ReachedServer, Way } from '../../network/sockets/reachServer.ts';
import type { HostAddress } from '../../network/sockets/resolveHost.ts';
import { waitOnSocket } from '../../network/sockets/socketWait.ts';
import { readTlsState } from '../../network/tls/tlsState.ts';
import { upgradeToTls } from '../../network/tls/upgradeToTls.ts';
import { expectedService, type PostgresStage } from './postgresService.ts';

/** SSLRequest: length 8, code 80877103 (PostgreSQL manual, "Message Formats"). */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const agreed = 'S'.charCodeAt(0);
const declined = 'N'.charCodeAt(0);

/** How long `offersTls` may take. */
const patienceMs = 2_000;

/** Which server, and how the way to it is protected. */
export interface WireTarget {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsSettings;
  /** Set for a local socket, over which PostgreSQL speaks no TLS. */
  readonly socketFolder?: string | undefined;
}

/** A socket to the server on which the protocol can begin. */
export interface Wire {
  readonly stream: Duplex;
  /** Where it leads; null where a tunnel or a proxy has found it. */
  readonly address: HostAddress | null;
  /** The same way again, for a cancel request that must reach the same server. */
  readonly again: ReachedServer['again'];
  readonly tls: TlsState;
}

/**
 * The way to the server and TLS, each reported.
 * @throws AppError of a tunnel or proxy, errno and TLS errors, WireFailure, CertificateRefused, or the abort's reason; nothing is left open
 */
export async function openWire(
  target: WireTarget,
  way: Way,
  stages: StageReporter<PostgresStage>,
  signal: AbortSignal,
): Promise<Wire> {
  const { socket, address, again } = await way.reach(stages, signal);
  if (target.tls.mode === 'disable') {
    stages.skip(
      'tls',
      target.socketFolder === undefined ? 'TLS is turned off' : 'A local socket needs no TLS',
    );
    return { stream: socket, address, again, tls: { active: false } };
  }
  stages.begin('tls');
  const secure = await secureSocket(socket, target, signal);
  const tls = readTlsState(secure, target.tls.mode);
  stages.succeed(`${tls.protocol}, ${tls.cipher}`);
  return { stream: secure, address, again, tls };
}

/** The same way again, without look-up and report. */
export async function reopenWire(
  target: WireTarget,
  again: ReachedServer['again'],
  signal: AbortSignal,
): Promise<Duplex> {
  const socket = await again(signal);
  return target.tls.mode === 'disable' ? socket : secureSocket(socket, target, signal);
}

/**
 * Whether the server would encrypt: asked over a socket of its own, for the explanation of a refusal in clear text. No
 * answer counts as no. Never rejects.
 */
export async function offersTls(
  again: ReachedServer['again'],
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  const timeout = () => new WireFailure('closed', 'The server did not say in time whether it offers TLS.');
  try {
    return await withDeadline(clock, signal, patienceMs, timeout, async (bounded) => {
      const socket = await again(bounded);
      try {
        return (await askForTls(socket, bounded))[0] === agreed;
      } finally {
        socket.destroy();
      }
    });
  } catch {
    return false;
  }
}

/** Asks the server for TLS and makes the handshake. A server that declines gets no plain text instead. */
async function secureSocket(socket: Duplex, { host, tls }: WireTarget, signal: AbortSignal) {
  try {
    checkAnswer(await askForTls(socket, signal));
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return upgradeToTls(socket, tls, host, signal);
}

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
