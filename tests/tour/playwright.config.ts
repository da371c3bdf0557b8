import { defineConfig } from '@playwright/test';

/** The tour is one run of the real app that prints what it finds; it is no part of the tests. */
export default defineConfig({
  testDir: '.',
  testMatch: 'tour.ts',
  outputDir: `${process.env.MOORING_ARTIFACTS ?? 'artifacts'}/tour-failures`,
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: './plainReporter.ts',
});
