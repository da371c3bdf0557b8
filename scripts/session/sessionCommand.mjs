/** Runs the session's command in a process group of its own; the output is shown or kept. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { COMMAND_ID_FILE } from './desktopServices.mjs';
import { belongsTo, endLeftovers } from './leftovers.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const KEPT_OUTPUT_CHARACTERS = 4_000_000;
/** For the command to end by itself after it was asked to, before its bus and keyring go. */
const GRACE_MS = 8000;
const DRAIN_LIMIT_MS = 2000;

/**
 * @typedef {{ status: number, output: string }} SessionResult output: empty when it was shown
 * @typedef {object} SessionCommandOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} keepOutput
 * @property {Record<string, string>} mark of the session, in env
 * @property {string} input for the services' standard input: the password of the keyring
 */

/**
 * @param {string[]} commandLine
 * @param {SessionCommandOptions} options
 * @returns {Promise<SessionResult>} after everything that carries the mark has ended
 */
export async function runSessionCommand([command, ...args], { cwd, env, keepOutput, mark, input }) {
  const output = keepOutput ? 'pipe' : 'inherit';
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['pipe', output, output] });
  const kept = collectOutput(child);
  child.stdin?.on('error', () => {}).end(input);
  const closed = once(child, 'close');
  /** @type {NodeJS.Signals | undefined} */
  let interruptedBy;
  const forward = (signal) => {
    if (interruptedBy === undefined) void askToEnd(child, env, mark);
    interruptedBy ??= signal;
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  try {
    const [code, signal] = await once(child, 'exit');
    await endLeftovers(mark);
    await Promise.race([closed, pause(DRAIN_LIMIT_MS, undefined, { ref: false })]);
    const status = statusOf(code, interruptedBy ?? signal);
    return { status, output: kept.text };
  } finally {
    for (const name of SIGNALS) process.off(name, forward);
  }
}

/** @param {import('node:child_process').ChildProcess} child */
function collectOutput(child) {
  const kept = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      kept.text = (kept.text + text).slice(-KEPT_OUTPUT_CHARACTERS);
    });
  }
  return kept;
}

/**
 * The application first, so that it closes while its bus and keyring are there; after a while, everything.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.ProcessEnv} env
 * @param {Record<string, string>} mark
 */
async function askToEnd(child, env, mark) {
  const application = applicationId(env);
  // The session's user writes that file: a number in it is believed only when the process is the session's.
  if (application && belongsTo(application, mark)) {
    process.kill(application, 'SIGTERM');
    await Promise.race([once(child, 'exit'), pause(GRACE_MS)]);
  }
  await endLeftovers(mark);
}

/** @param {NodeJS.ProcessEnv} env */
function applicationId(env) {
  try {
    return Number.parseInt(readFileSync(path.join(env.XDG_RUNTIME_DIR ?? '', COMMAND_ID_FILE), 'utf8'), 10);
  } catch {
    return undefined;
  }
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null | undefined} signal
 */
function statusOf(code, signal) {
  return signal ? 128 + constants.signals[signal] : (code ?? 1);
}
