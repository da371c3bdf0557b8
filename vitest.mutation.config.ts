import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { keptThread } from './scripts/mutation/keptThread.ts';
import unitTests from './vitest.unit.config.ts';

const quickArgon2 = fileURLToPath(new URL('./scripts/mutation/quickArgon2.mjs', import.meta.url));

/** The quickest file first (vitest takes the longest), and what tries many values last: the first failure ends the run. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const triesMany = ({ moduleId }: TestSpecification) => Number(moduleId.includes('.property.'));
    return (await super.sort(files)).reverse().sort((one, other) => triesMany(one) - triesMany(other));
  }
}

/**
 * The unit tests as the mutation tests run them. In one thread for all files and many mutants, because they run once for
 * each mutant; no test in the scope of the mutation tests mocks a module.
 */
export default mergeConfig(
  unitTests,
  defineConfig({
    plugins: [keptThread()],
    resolve: { alias: { '@node-rs/argon2': quickArgon2 } },
    // A mutant that makes a test wait for ever is waited for no longer than this.
    test: {
      sequence: { sequencer: QuickestFirst },
      setupFiles: ['scripts/mutation/fewerPropertyRuns.mjs'],
      testTimeout: 15_000,
      maxWorkers: 1,
    },
  }),
);
