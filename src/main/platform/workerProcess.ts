import type { WorkerProcess } from '../sync/worker/WorkerProcess.ts';
import { startHelperProcess } from './helperProcess.ts';

/** Runs are streams: a worker that needs more has a leak, and ends before the computer suffers. */
const maxHeapMb = 256;

/**
 * Executes runs of pipelines beside the app. The app must be ready when it is started.
 * @param workerPath the built syncWorker.ts; may be inside `app.asar`
 */
export function workerProcess(workerPath: string): WorkerProcess {
  const options = { serviceName: 'Mooring pipelines', execArgv: [`--max-old-space-size=${maxHeapMb}`] };
  return { start: () => startHelperProcess(workerPath, options) };
}
