import type { Clock } from '../../base/Clock.ts';
import type { PostgresBinaries } from '../process/binaries.ts';
import { RunningServer } from '../process/RunningServer.ts';
import { isAlive, isServerOf } from '../process/serverProcess.ts';
import { isPostmasterFileDamaged, readPostmasterFile, removePostmasterFile } from './postmasterFile.ts';

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
