import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import { serverFailed } from '../embeddedErrors.ts';
import { type LoginOutcome, probeLogin } from '../login/loginProbe.ts';
import type { PostgresBinaries } from '../process/binaries.ts';
import { isAlive, isServerOf, RunningServer } from '../process/RunningServer.ts';
import { startServer } from '../process/startServer.ts';
import type { ServerSpec } from '../ServerSpec.ts';
import type { ClusterFiles } from './ClusterFiles.ts';
import { changePassword } from './createCluster.ts';
import { isPostmasterFileDamaged, readPostmasterFile, removePostmasterFile } from './postmasterFile.ts';

/** How long a server that cannot be used may take to end its sessions. */
const stopMs = 5_000;

export interface OpenOptions {
  readonly spec: ServerSpec;
  readonly binaries: PostgresBinaries;
  readonly files: ClusterFiles;
  readonly password: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly onExit: (server: RunningServer) => void;
}

/** A server that took the password; an adopted one had been left by an earlier run of the app. */
export interface OpenedCluster {
  readonly server: RunningServer;
  readonly origin: 'adopted' | 'started';
}

/**
 * Brings up the server of an existing cluster: adopts the one that a crashed run left when it takes our password, else
 * starts one. When the cluster knows another password than the vault (which may have been lost or restored), the vault's
 * becomes the password.
 * @throws EmbeddedError or the abort's reason; then nothing that was started here still runs
 */
export async function openCluster(options: OpenOptions): Promise<OpenedCluster> {
  const { binaries, files, spec, clock, logger, signal, password } = options;
  const left = await findLeftServer(files.cluster, binaries, clock);
  if (left !== null) {
    if ((await probe(options, left)) === 'ours') return { server: left, origin: 'adopted' };
    logger.warn('Stopping a server from an earlier run that rejects the password');
    await left.stop(stopMs);
  }
  const first = await startAndProbe(options);
  if (first.outcome === 'ours') return { server: first.server, origin: 'started' };
  await first.server.stop(stopMs);
  if (first.outcome === 'refused') {
    logger.warn('Resetting the password of the server');
    await changePassword({ binaries, folder: files.cluster, spec, password, signal });
    const second = await startAndProbe(options);
    if (second.outcome === 'ours') return { server: second.server, origin: 'started' };
    await second.server.stop(stopMs);
  }
  throw serverFailed('started', 'The server is running but rejects the log-in.');
}

async function startAndProbe(
  options: OpenOptions,
): Promise<{ server: RunningServer; outcome: LoginOutcome }> {
  const server = await startServer(options);
  try {
    return { server, outcome: await probe(options, server) };
  } catch (error) {
    await server.stop(stopMs);
    throw error;
  }
}

function probe(
  { spec, files, password, clock, signal }: OpenOptions,
  server: RunningServer,
): Promise<LoginOutcome> {
  return probeLogin({ spec, port: server.port, clusterFolder: files.cluster, password, clock, signal });
}

/**
 * The server that an earlier run of the app left on the cluster when it was killed; null when there is none. When its
 * process id went to another program since, or a power cut damaged the file that names it, the file is deleted: the
 * server would refuse to start over it. The database itself is untouched.
 */
export async function findLeftServer(
  clusterFolder: string,
  binaries: PostgresBinaries,
  clock: Clock,
): Promise<RunningServer | null> {
  const file = await readPostmasterFile(clusterFolder);
  if (file === null) {
    if (await isPostmasterFileDamaged(clusterFolder)) await removePostmasterFile(clusterFolder);
    return null;
  }
  const { pid, port, startedAtMs } = file;
  if (await isServerOf(pid, clusterFolder)) {
    const isStillThere = () => isServerOf(pid, clusterFolder);
    return new RunningServer({ pid, port, startedAtMs, isAlive: isStillThere, binaries, clock });
  }
  // One that is gone is left to the server, which then also looks for sessions that outlived it.
  if (isAlive(pid)) await removePostmasterFile(clusterFolder);
  return null;
}
