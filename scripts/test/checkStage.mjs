/** The checks that read the sources: layers, types, lint and format, dead code, hygiene. Each counts as one. */

import { packageProgram } from '../bootstrap/packageProgram.mjs';
import { inProject } from '../bootstrap/project.mjs';
import { runOnSources } from './sourceCommand.mjs';

const AT_ONCE = 2;
const LIMIT_MS = 10 * 60 * 1000;

/** @typedef {{ name: string, command: () => string[] }} Check */

/** @type {Check[]} the slow ones first */
const CHECKS = [
  { name: 'dead code', command: () => [packageProgram('knip'), '--no-progress'] },
  { name: 'layers', command: () => [packageProgram('dependency-cruiser', 'depcruise'), 'src'] },
  { name: 'types of main', command: () => types('tsconfig.node.json') },
  { name: 'types of the preload', command: () => types('tsconfig.preload.json') },
  { name: 'types of the e2e tests', command: () => types('tsconfig.e2e.json') },
  { name: 'types of the renderer', command: () => types('tsconfig.web.json') },
  { name: 'lint and format', command: lint },
  { name: 'hygiene', command: () => [inProject('scripts', 'hygiene.mjs')] },
];

/**
 * @param {AbortSignal} signal
 * @returns {Promise<import('./stageResult.mjs').StageResult>}
 */
export async function runCheckStage(signal) {
  const waiting = [...CHECKS];
  const outcomes = [];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      outcomes.push(await runCheck(check, signal));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const failures = outcomes.filter((outcome) => outcome.status !== 0);
  return {
    name: 'check',
    passed: outcomes.length - failures.length,
    failed: failures.length,
    skipped: 0,
    note: failures.map((failure) => failure.name).join(', '),
    output: failures.map((failure) => `── ${failure.name}\n${failure.output.trim()}`).join('\n\n'),
  };
}

/**
 * @param {Check} check
 * @param {AbortSignal} signal
 */
async function runCheck({ name, command }, signal) {
  const result = await runOnSources(command(), { timeoutMs: LIMIT_MS, signal });
  return { name, ...result };
}

/** Biome does not heed NO_COLOR. */
function lint() {
  const colors = process.env.NO_COLOR ? 'off' : 'force';
  return [packageProgram('@biomejs/biome'), 'ci', `--colors=${colors}`, '.'];
}

/**
 * What tsc found out is kept with the packages, so that a second check reads only what has changed since.
 * @param {string} config
 */
function types(config) {
  const kept = inProject('node_modules', '.cache', 'types', config);
  return [
    packageProgram('typescript', 'tsc'),
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    kept,
    '-p',
    config,
  ];
}
