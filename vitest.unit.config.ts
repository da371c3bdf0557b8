import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** The unit tests. A file of their own, because the mutation tests run these alone. */
export default defineConfig({
  cacheDir: process.env.MOORING_VITE_CACHE ?? 'node_modules/.vite',
  test: {
    name: 'unit',
    include: ['src/**/*.test.ts', 'tests/architecture/**/*.test.ts'],
    environment: 'node',
    // A fresh thread for each of the 260 files costs three times what the tests cost. So a file gives back what it
    // changes of what all share; globals come back by themselves.
    pool: 'threads',
    isolate: false,
    unstubGlobals: true,
    // Vitest would leave one core free, which is half of a small machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A limit for what hangs: `npm test` runs these beside the integration tests, which go first.
    testTimeout: 60_000,
  },
});
