/** The app's worker with small batches, so that a run of few rows has many moments, and with short times of the queue. */
import '../support/faults/settableClock.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import { openParts } from '../../src/main/sync/copy/openParts.ts';
import { runPipeline } from '../../src/main/sync/copy/PipelineRun.ts';
import { serveWorker } from '../../src/main/sync/worker/serveWorker.ts';
import { nodeWorkerPort } from '../support/nodeWorkerPort.ts';
import { shortTimings } from '../support/shortTimings.ts';

const factory = new ConnectionFactory(systemClock);
const batch = { rows: 500, bytes: 1024 * 1024 };

serveWorker(
  nodeWorkerPort,
  (bundle, taken, { replaceSecret }) => {
    const parts = openParts({
      factory,
      clock: systemClock,
      applicationName: 'Mooring',
      replaceSecret,
      batch,
    });
    return runPipeline(bundle, taken, parts);
  },
  shortTimings,
);
process.on('unhandledRejection', () => process.exit(1));
