import { defineConfig, mergeConfig } from 'vitest/config';
import unitTests from './vitest.unit.config.ts';

/**
 * The unit tests as the mutation tests run them. Without a worker for each file, because they run once for each mutant:
 * that is three times as fast, and no test in the scope of the mutation tests mocks a module.
 */
export default mergeConfig(
  unitTests,
  defineConfig({
    test: { isolate: false, testTimeout: 60_000, setupFiles: ['scripts/mutation/fewerPropertyRuns.mjs'] },
  }),
);
