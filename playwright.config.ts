import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const artifacts = process.env.MOORING_ARTIFACTS ?? 'artifacts';

/** One real app at a time. No traces and no videos: they would hold what people type into password fields. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: join(artifacts, 'e2e'),
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { trace: 'off', video: 'off', screenshot: 'off' },
});
