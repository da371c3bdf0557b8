/** One way to run another program, with its output kept and a limit on its time. */

import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const KEPT_OUTPUT_CHARACTERS = 1_000_000;
const NOT_FOUND_STATUS = 127;
/** Where servers are; the PATH of an ordinary user may lack it. */
const SERVER_FOLDER = '/usr/sbin';

/**
 * @typedef {{ status: number, output: string }} CommandResult status 127: no such program; -1: ended by a signal
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs]
 * @property {string} [input]
 * @property {AbortSignal} [signal] ends the program
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<CommandResult>}
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      timeout: options.timeoutMs,
      signal: options.signal,
      killSignal: 'SIGKILL',
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-KEPT_OUTPUT_CHARACTERS);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => resolve({ status: NOT_FOUND_STATUS, output: String(error) }));
    child.on('close', (status) => resolve({ status: status ?? -1, output }));
    if (options.input !== undefined) child.stdin.end(options.input);
  });
}

/**
 * For short questions only (some milliseconds).
 * @param {string} command
 * @param {string[]} args
 * @returns {boolean} whether the program ran and said yes
 */
export function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;
}

/**
 * @param {string} program
 * @returns {string | undefined} where the PATH or the folder of servers has it
 */
export function findProgram(program) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), SERVER_FOLDER];
  return folders.map((folder) => path.join(folder, program)).find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
