import { utilityProcess } from 'electron';
import type { StartedWorker, WorkerProcess } from '../sync/worker/WorkerProcess.ts';

/** Runs are streams: a worker that needs more has a leak, and ends before the computer suffers. */
const maxHeapMb = 256;

/**
 * Executes runs of pipelines beside the app. The app must be ready when it is started.
 * @param workerPath the built syncWorker.ts; may be inside `app.asar`
 */
export function workerProcess(workerPath: string): WorkerProcess {
  return { start: () => startWorker(workerPath) };
}

function startWorker(workerPath: string): StartedWorker {
  const child = utilityProcess.fork(workerPath, [], {
    serviceName: 'Mooring pipelines',
    execArgv: [`--max-old-space-size=${maxHeapMb}`],
    stdio: 'ignore',
  });
  let isKilled = false;
  // Electron's own `kill` asks first. It has no pid before the process runs, and none after its end.
  const kill = () => {
    isKilled = true;
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
  };
  child.once('spawn', () => {
    if (isKilled) kill();
  });
  // The end that follows says enough, but an error without a listener would be thrown.
  child.on('error', () => undefined);
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill,
  };
}
