import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../src/main/base/Clock.ts';
import { type DemoSecrets, DemoServer } from '../../../src/main/demo/DemoServer.ts';
import { locateBinaries } from '../../../src/main/embedded/process/binaries.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** The database that people get. */
export const realSeed = join(projectRoot, 'resources/demo');
/** One table of 47 rows, for tests of all but the rows: it is there in a second. */
export const smallSeed = join(projectRoot, 'tests/integration/demo/smallSeed');

/** The demo server as a new run of the app makes it: real programs, real clock. */
export function newRun(dataFolder: string, seedFolder: string, secrets: DemoSecrets): DemoServer {
  return new DemoServer({
    binaries: () => locateBinaries(projectRoot),
    dataFolder,
    seedFolder,
    secrets,
    clock: systemClock,
    logger: silentLogger,
  });
}
