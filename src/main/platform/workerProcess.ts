import type { WorkerProcess } from '../sync/worker/WorkerProcess.ts';
import { workerFlags } from '../sync/worker/workerFlags.ts';
import { startHelperProcess } from './helperProcess.ts';

/**
 * Executes runs of pipelines beside the app. The app must be ready when it is started.
 * @param workerPath the built syncWorker.ts; may be inside `app.asar`
 */
export function workerProcess(workerPath: string): WorkerProcess {
  const options = { serviceName: 'Mooring pipelines', execArgv: [...workerFlags] };
  return { start: () => startHelperProcess(workerPath, options) };
}
