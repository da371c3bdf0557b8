/**
 * A worker whose runs make a file, `<rejects folder>/<run id>`, and go on until they are stopped. A run that finds its file
 * is there for the second time and ends well; so does one for which the file `<run id>.end` appears.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import { serveWorker } from '../../../../src/main/sync/worker/serveWorker.ts';
import { nodeWorkerPort } from '../../../support/nodeWorkerPort.ts';
import { someResult } from '../../../support/queueUnderTest.ts';
import { shortTimings } from '../../../support/shortTimings.ts';

serveWorker(
  nodeWorkerPort,
  async (bundle, taken) => {
    const marker = join(bundle.rejectsFolder, bundle.runId);
    if (existsSync(marker)) return someResult;
    await writeFile(marker, String(taken.attempt));
    while (!existsSync(`${marker}.end`)) await pause(systemClock, 20, taken.signal);
    return someResult;
  },
  shortTimings,
);
