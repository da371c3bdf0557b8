import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Integration tests that take longest, because they start servers and processes in each test. */
const longTests =
  /\/tests\/integration\/(demo\/restart|sync\/(queue|headless)\/|vault\/|ipc\/runningPipelines)/;

/** What takes longest comes first, so that all workers end at about the same time: a session remembers no durations. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => Number(longTests.test(moduleId));
    return (await super.sort(files)).sort((one, other) => isLong(other) - isLong(one));
  }
}

export default defineConfig({
  cacheDir: process.env.MOORING_VITE_CACHE ?? 'node_modules/.vite',
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      './vitest.unit.config.ts',
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/conformance/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/support/sharedServers.globalSetup.ts'],
          // Limits for what hangs, far above what a test takes: all of `npm test` shares two cores.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Reading all of main anew for each of the 140 files costs minutes. So a file gives back what it changes of
          // what all share; the environment comes back by itself.
          isolate: false,
          unstubEnvs: true,
          // One more than there are cores: most files wait for servers now and then.
          maxWorkers: 3,
        },
      },
      {
        // `npm run test:distributed`; no part of `npm test`, because it takes minutes.
        test: {
          name: 'distributed',
          include: ['tests/distributed/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/support/sharedServers.globalSetup.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 120_000,
        },
      },
      {
        // `npm run test:matrix`, beside the tests of other projects.
        test: {
          name: 'matrix',
          include: ['tests/matrix/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          environment: 'node',
          // Limits for what hangs, far above what a round takes.
          testTimeout: 300_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
