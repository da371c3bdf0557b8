import { defineConfig, mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import unitTests from './vitest.unit.config.ts';

/** Most mutants fail a quick test: what tries many values comes last. */
class QuickTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => Number(moduleId.includes('.property.'));
    return [...files].sort((one, other) => isSlow(one) - isSlow(other));
  }
}

/**
 * The unit tests as the mutation tests run them. Without a worker for each file, because they run once for each mutant:
 * that is three times as fast, and no test in the scope of the mutation tests mocks a module.
 */
export default mergeConfig(
  unitTests,
  defineConfig({
    test: {
      isolate: false,
      testTimeout: 60_000,
      sequence: { sequencer: QuickTestsFirst },
      setupFiles: ['scripts/mutation/fewerPropertyRuns.mjs'],
    },
  }),
);
