import type { Duplex } from 'node:stream';
import type { TlsState } from '../../../../shared/model/testReport.ts';
import type { TlsSettings } from '../../../../shared/model/tls.ts';
import { isAppError } from '../../../base/AppError.ts';
import { withDeadline } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import { OtherService } from '../../network/failures/unexpectedBytes.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import type { StageReporter } from '../../network/StageReporter.ts';
import type { ReachedServer, Way } from '../../network/sockets/reachServer.ts';
import type { HostAddress } from '../../network/sockets/resolveHost.ts';
import type { AskPassphrase } from '../../network/tls/clientIdentity.ts';
import { type PreparedTls, prepareTls } from '../../network/tls/prepareTls.ts';
import { readTlsState } from '../../network/tls/tlsState.ts';
import type { PostgresStage } from './postgresService.ts';
import { isAgreed, type SecureTarget, secureSocket } from './secureSocket.ts';

/** How long `offersTls` may take. */
const patienceMs = 2_000;

/** Which server, and how the way to it is protected. */
export interface WireTarget extends SecureTarget {
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
  /** The same way again, with nothing said on it. */
  readonly again: ReachedServer['again'];
  /** The same way again with the same protection, such as for a cancel request that must reach the same server. */
  readonly reopen: (signal: AbortSignal) => Promise<Duplex>;
  readonly tls: TlsState;
}

type Stages = StageReporter<PostgresStage>;

/**
 * The way to the server and TLS, each reported.
 * @param passphrase of the key of the client certificate
 * @throws AppError of a tunnel, a proxy or a file, errno and TLS errors, LoginFailure, WireFailure, CertificateRefused, or the abort's reason; nothing is left open
 */
export async function openWire(
  target: WireTarget,
  way: Way,
  passphrase: AskPassphrase,
  stages: Stages,
  signal: AbortSignal,
): Promise<Wire> {
  const reached = await way.reach(stages, signal);
  const { mode } = target.tls;
  if (mode === 'disable' || mode === 'allow') {
    stages.skip('tls', whyPlain(target));
    return plainWire(reached);
  }
  try {
    return await securedWire(reached, target, passphrase, stages, signal);
  } catch (error) {
    reached.socket.destroy();
    if (mode !== 'prefer' || signal.aborted || isAppError(error) || error instanceof OtherService)
      throw error;
    return replacedWire(reached, false, target, passphrase, stages, signal);
  }
}

function whyPlain({ socketFolder, tls }: WireTarget): string {
  if (socketFolder !== undefined) return 'A local socket needs no TLS';
  return tls.mode === 'disable' ? 'TLS is turned off' : 'Without TLS at first, as the mode says';
}

/**
 * Another wire over the same way, encrypted or not, for the modes under which either will do.
 * @throws as `openWire`
 */
export async function replacedWire(
  { address, again }: Pick<ReachedServer, 'address' | 'again'>,
  isEncrypted: boolean,
  target: WireTarget,
  passphrase: AskPassphrase,
  stages: Stages,
  signal: AbortSignal,
): Promise<Wire> {
  const reached = { address, again, socket: await again(signal) };
  if (isEncrypted) return securedWire(reached, target, passphrase, stages, signal);
  stages.begin('tls');
  stages.succeed('Not encrypted: the server did not come to terms over TLS');
  return plainWire(reached);
}

const plainWire = ({ socket, address, again }: ReachedServer): Wire => ({
  ...{ stream: socket, address, again, reopen: again },
  tls: { active: false },
});

async function securedWire(
  { socket, address, again }: ReachedServer,
  target: WireTarget,
  passphrase: AskPassphrase,
  stages: Stages,
  signal: AbortSignal,
): Promise<Wire> {
  stages.begin('tls');
  const prepared = await preparedFor(socket, target, passphrase);
  const secure = await secureSocket(socket, target, prepared, signal);
  const tls = readTlsState(secure, target.tls.mode, prepared.client);
  stages.succeed(`${tls.protocol}, ${tls.cipher}`);
  const reopen = async (later: AbortSignal) => secureSocket(await again(later), target, prepared, later);
  return { stream: secure, address, again, reopen, tls };
}

async function preparedFor(
  socket: Duplex,
  { tls }: WireTarget,
  passphrase: AskPassphrase,
): Promise<PreparedTls> {
  // It may break while files are read, and whoever asks it next hears of that.
  socket.on('error', () => undefined);
  try {
    return await prepareTls(tls, passphrase);
  } catch (error) {
    socket.destroy();
    throw error;
  }
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
        return await isAgreed(socket, bounded);
      } finally {
        socket.destroy();
      }
    });
  } catch {
    return false;
  }
}
