import { fork } from 'node:child_process';
import type { WorkerProcess } from '../../src/main/sync/worker/WorkerProcess.ts';

const registerUrl = new URL('./typeScript/register.mjs', import.meta.url).href;

/** The app's worker, as its build has it. */
export const syncWorkerEntry = new URL('../../src/main/sync/worker/syncWorker.ts', import.meta.url);

/**
 * Starts a worker under Node, as `src/main/platform/workerProcess` does under Electron.
 * @param onStart is told each worker's process id
 */
export function nodeWorkerProcess(
  entry: URL,
  onStart: (pid: number) => void = () => undefined,
): WorkerProcess {
  return {
    start() {
      const child = fork(entry, { execArgv: ['--import', registerUrl] });
      if (child.pid !== undefined) onStart(child.pid);
      return {
        // What a worker that is gone does not get is told by its end.
        post: (message) => void child.send(message, () => undefined),
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void child.once('exit', () => listener()).once('error', () => listener()),
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}
