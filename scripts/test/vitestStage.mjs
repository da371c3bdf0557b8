/** The unit tests (by the caller, in plain Node) and the integration tests (in the headless session). */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageProgram } from '../bootstrap/packageProgram.mjs';
import { inProject, readJsonIfThere } from '../bootstrap/project.mjs';
import { runInSession } from '../session.mjs';
import { runOnSources } from './sourceCommand.mjs';
import { failUnlessProven } from './stageResult.mjs';

const LIMIT_MS = 20 * 60 * 1000;
const REPORT = 'report.json';

/**
 * @param {AbortSignal} signal
 * @returns {Promise<import('./stageResult.mjs').StageResult>}
 */
export async function runUnitStage(signal) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mooring-unit-'));
  try {
    const command = vitestArguments('unit', inProject(), folder);
    const ended = await runOnSources(command, { timeoutMs: LIMIT_MS, signal });
    return resultOf('unit', folder, ended);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {import('../bootstrap/electronRuntime.mjs').ElectronRuntime} electron
 * @returns {Promise<import('./stageResult.mjs').StageResult>}
 */
export async function runIntegrationStage(electron) {
  const artifacts = inProject('artifacts', 'integration');
  rmSync(artifacts, { recursive: true, force: true });
  const command = (places) => ['node', ...vitestArguments('integration', places.root, places.artifacts)];
  const ended = await runInSession(command, { electron, artifacts, keepOutput: true });
  return resultOf('integration', artifacts, ended);
}

/**
 * @param {string} project
 * @param {string} root
 * @param {string} reportFolder
 */
function vitestArguments(project, root, reportFolder) {
  const script = path.join(root, path.relative(inProject(), packageProgram('vitest')));
  const report = path.join(reportFolder, REPORT);
  // The session may not write into the project, so the configuration is not bundled into a file there.
  const loader = ['--configLoader', 'runner'];
  return [
    script,
    'run',
    '--project',
    project,
    ...loader,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
}

/**
 * @param {string} name
 * @param {string} folder
 * @param {{ status: number, output: string }} ended
 */
function resultOf(name, folder, { status, output }) {
  const report = readJsonIfThere(path.join(folder, REPORT));
  const brokenFiles = (report?.testResults ?? []).filter(isBroken).length;
  const counts = {
    passed: report?.numPassedTests ?? 0,
    failed: (report?.numFailedTests ?? 0) + brokenFiles,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
  return failUnlessProven({ name, ...counts, output }, status);
}

/** A file that failed before any of its tests did. */
function isBroken(file) {
  return file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed');
}
