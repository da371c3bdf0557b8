/**
 * `npm test`: sets up what is missing, then runs the stages; `node scripts/test.mjs unit e2e` runs only those.
 * One line a stage, when it ends; the last line is the sum. Exit code 1 when anything failed, or a stage ran no test;
 * 130 when the user ended the run.
 */

import { ensureBuild } from './bootstrap/applicationBuild.mjs';
import { runScript, SetupError, say, sayFailure } from './bootstrap/report.mjs';
import { bootstrap } from './bootstrap.mjs';
import { runCheckStage } from './test/checkStage.mjs';
import { runE2eStage } from './test/playwrightStage.mjs';
import { runIntegrationStage, runUnitStage } from './test/vitestStage.mjs';

const HEARTBEAT_MS = 30_000;
const INTERRUPTED_STATUS = 130;

/** @typedef {import('./bootstrap/electronRuntime.mjs').ElectronRuntime} ElectronRuntime */
/** @typedef {import('./test/stageResult.mjs').StageResult} StageResult */

/** @type {Record<string, (electron: ElectronRuntime, signal: AbortSignal) => Promise<StageResult>>} */
const STAGES = {
  check: (_, signal) => runCheckStage(signal),
  unit: (_, signal) => runUnitStage(signal),
  integration: runIntegrationStage,
  e2e: async (electron) => {
    await ensureBuild();
    return runE2eStage(electron);
  },
};
/** Side by side with the other one, each runs its stages in this order: what reads the sources takes the time left over. */
const LANES = [
  ['check', 'unit'],
  ['integration', 'e2e'],
];
/** These run in the headless session. */
const NEED_SESSION = ['integration', 'e2e'];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

await runScript(async () => {
  settleColors();
  const results = [];
  const interruption = new AbortController();
  try {
    const names = chosenStages(process.argv.slice(2));
    const needSession = names.some((name) => NEED_SESSION.includes(name));
    const electron = await bootstrap({ headless: needSession, testServers: needSession });
    for (const name of SIGNALS) process.on(name, () => interruption.abort());
    const runLane = async (lane) => {
      for (const name of lane.filter((stage) => names.includes(stage))) {
        if (!interruption.signal.aborted) results.push(await runStage(name, electron, interruption.signal));
      }
    };
    await Promise.all(LANES.map(runLane));
  } catch (error) {
    sayFailure(error);
    results.push({ name: 'setup', passed: 0, failed: 1, skipped: 0 });
  }
  const sum = (kind) => results.reduce((total, result) => total + result[kind], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  if (interruption.signal.aborted) return INTERRUPTED_STATUS;
  return sum('failed') === 0 ? 0 : 1;
});

/** The stages' output passes through us: they cannot see by themselves whether a terminal shows it. */
function settleColors() {
  const colored = process.stdout.isTTY && !process.env.CI && !process.env.NO_COLOR;
  delete process.env.FORCE_COLOR;
  delete process.env.NO_COLOR;
  process.env[colored ? 'FORCE_COLOR' : 'NO_COLOR'] = '1';
}

/** @param {string[]} wanted */
function chosenStages(wanted) {
  const all = Object.keys(STAGES);
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new SetupError(`There is no stage ${unknown.join(', ')}; the stages are ${all.join(', ')}.`);
  }
  return wanted.length === 0 ? all : all.filter((name) => wanted.includes(name));
}

/**
 * @param {string} name
 * @param {ElectronRuntime} electron
 * @param {AbortSignal} signal the user ends the run; the session has its own way to end, in order
 */
async function runStage(name, electron, signal) {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const heartbeat = setInterval(() => say(`  ${name}: still running after ${seconds()} s`), HEARTBEAT_MS);
  let result;
  try {
    result = await STAGES[name](electron, signal);
  } catch (error) {
    sayFailure(error);
    result = { name, passed: 0, failed: 1, skipped: 0, note: 'could not run' };
  } finally {
    clearInterval(heartbeat);
  }
  if (signal.aborted) result = { ...result, note: 'interrupted' };
  else if (result.failed > 0 && result.output) console.log(result.output.trimEnd());
  const note = result.note ? ` (${result.note})` : '';
  const { passed, failed, skipped } = result;
  console.log(
    `${name.padEnd(12)} ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds()} s${note}`,
  );
  return result;
}
