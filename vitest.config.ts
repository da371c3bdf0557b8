import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: process.env.MOORING_VITE_CACHE ?? 'node_modules/.vite',
  test: {
    projects: [
      './vitest.unit.config.ts',
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/conformance/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/support/sharedServers.globalSetup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
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
