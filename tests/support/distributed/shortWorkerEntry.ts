/** The app's worker with the short times of tests. */
import { runPipeline } from '../../../src/main/sync/copy/PipelineRun.ts';
import { serveWorker } from '../../../src/main/sync/worker/serveWorker.ts';
import { nodeWorkerPort, realRunParts } from '../nodeWorkerPort.ts';
import { shortTimings } from '../shortTimings.ts';

serveWorker(nodeWorkerPort, (bundle, taken) => runPipeline(bundle, taken, realRunParts()), shortTimings);
