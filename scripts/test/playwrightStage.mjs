/** The end-to-end tests: Playwright drives the built application in the headless session. */

import { rmSync } from 'node:fs';
import path from 'node:path';
import { packageProgram } from '../bootstrap/packageProgram.mjs';
import { inProject, readJsonIfThere } from '../bootstrap/project.mjs';
import { runInSession } from '../session.mjs';
import { failUnlessProven } from './stageResult.mjs';

const REPORT = 'report.json';
const ARTIFACTS = inProject('artifacts', 'e2e');

/**
 * @param {import('../bootstrap/electronRuntime.mjs').ElectronRuntime} electron
 * @returns {Promise<import('./stageResult.mjs').StageResult>}
 */
export async function runE2eStage(electron) {
  rmSync(ARTIFACTS, { recursive: true, force: true });
  const program = path.relative(inProject(), packageProgram('@playwright/test', 'playwright'));
  const command = (places) => [
    ...['env', `PLAYWRIGHT_JSON_OUTPUT_FILE=${path.join(places.artifacts, REPORT)}`],
    ...[
      'node',
      program,
      'test',
      '--reporter=list,json',
      `--output=${path.join(places.artifacts, 'results')}`,
    ],
  ];
  const ended = await runInSession(command, { electron, artifacts: ARTIFACTS, keepOutput: true });
  const stats = readJsonIfThere(path.join(ARTIFACTS, REPORT))?.stats;
  const flaky = stats?.flaky ?? 0;
  const counts = {
    passed: (stats?.expected ?? 0) + flaky,
    failed: stats?.unexpected ?? 0,
    skipped: stats?.skipped ?? 0,
  };
  const note = flaky > 0 ? `${flaky} only at a second attempt` : '';
  return failUnlessProven({ name: 'e2e', ...counts, note, output: ended.output }, ended.status);
}
