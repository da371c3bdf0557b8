import { systemClock } from '../../src/main/base/Clock.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import { openParts } from '../../src/main/sync/copy/openParts.ts';
import type { RunParts } from '../../src/main/sync/copy/RunParts.ts';
import type { WorkerPort } from '../../src/main/sync/worker/serveWorker.ts';

/** The way to the test, of a worker in a process that the test has forked. */
export const nodeWorkerPort: WorkerPort = {
  // What an app that is gone does not get is told by its end.
  post: (message) => void process.send?.(message, () => undefined),
  onMessage: (listener) => void process.on('message', listener),
  onClose: (listener) => void process.once('disconnect', listener),
};

/** What runs are made of in the app. */
export const realRunParts = (): RunParts =>
  openParts({
    factory: new ConnectionFactory(systemClock),
    ...{ clock: systemClock, applicationName: 'Mooring tests' },
  });
