import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** What takes longest comes first, so that all workers end at about the same time. */
const longTests = ['**/workspace/*.spec.ts', '**/vault/*.spec.ts', '**/slice/accessibility.spec.ts'];

const artifacts = process.env.MOORING_ARTIFACTS ?? 'artifacts';

/** Three real apps at a time, each with a profile of its own: one more than a small machine has cores, because they wait. No traces and no videos: they would hold what people type into password fields. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: join(artifacts, 'e2e'),
  workers: 3,
  retries: 0,
  forbidOnly: true,
  // Limits for what hangs, far above what a test takes: two apps, their servers and axe share two cores.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  projects: [
    { name: 'long', testMatch: longTests },
    { name: 'short', testIgnore: longTests },
  ],
  use: { trace: 'off', video: 'off', screenshot: 'off' },
});
