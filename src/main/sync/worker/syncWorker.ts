/**
 * Entry of the process in which runs of pipelines execute, apart from the window and from main. WorkerSupervisor.ts starts
 * it; what it takes runs from it is told over its port.
 */
import { systemClock } from '../../base/Clock.ts';
import { ConnectionFactory } from '../../connectors/ConnectionFactory.ts';
import { openParts } from '../copy/openParts.ts';
import { runPipeline } from '../copy/PipelineRun.ts';
import type { ExecuteRun } from './PipelineWorker.ts';
import { serveWorker, type WorkerPort } from './serveWorker.ts';

/** Electron's way to the parent; plain Node has `process.send` instead. */
const electronPort: typeof process.parentPort | undefined = process.parentPort;

const port: WorkerPort = {
  post: (message) => {
    // An app that is gone hears nothing; its end is told by itself.
    if (electronPort === undefined) process.send?.(message, () => undefined);
    else electronPort.postMessage(message);
  },
  onMessage: (listener) => {
    if (electronPort === undefined) process.on('message', listener);
    else electronPort.on('message', ({ data }) => listener(data));
  },
  // Electron ends the process with the app by itself.
  onClose: (listener) => void process.once('disconnect', listener),
};

const factory = new ConnectionFactory(systemClock);

const execute: ExecuteRun = (bundle, taken, { replaceSecret, trace }) => {
  const parts = openParts({ factory, clock: systemClock, applicationName: 'Mooring', replaceSecret });
  return runPipeline(bundle, taken, parts, trace);
};

serveWorker(port, execute);
// Nobody knows in which state it would go on; the supervisor starts another one.
process.on('unhandledRejection', () => process.exit(1));
