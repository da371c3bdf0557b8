/** A virtual display of our own: Xvfb on a free number, open to holders of its key only. */

import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '../bootstrap/report.mjs';
import { asSessionUser, giveToSessionUser } from './sessionUser.mjs';
import { newXAuthority } from './xAuthority.mjs';

const SCREEN = '1600x1000x24';
const SOCKET_FOLDER = '/tmp/.X11-unix';
const START_LIMIT_MS = 15_000;
const DISPLAY_FD = 3;

/** @typedef {{ env: Record<string, string>, end: () => void }} DisplayServer */

/**
 * @param {string} folder where its key file is kept
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<DisplayServer>}
 */
export async function startDisplayServer(folder, env) {
  makeSocketFolder();
  const keyFile = path.join(folder, 'xauthority');
  writeFileSync(keyFile, newXAuthority(), { mode: 0o600 });
  giveToSessionUser(keyFile);
  const server = ['Xvfb', '-displayfd', String(DISPLAY_FD), '-screen', '0', SCREEN];
  const [command, ...args] = [...asSessionUser, ...server, '-nolisten', 'tcp', '-noreset', '-auth', keyFile];
  const child = spawn(command, args, { cwd: '/', env, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const end = () => child.kill('SIGTERM');
  try {
    return { env: { DISPLAY: `:${await displayNumber(child)}`, XAUTHORITY: keyFile }, end };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Only root can make this folder the way X servers want it; on most systems it is there since the start. */
function makeSocketFolder() {
  if (existsSync(SOCKET_FOLDER)) return;
  mkdirSync(SOCKET_FOLDER);
  chmodSync(SOCKET_FOLDER, 0o1777);
}

/**
 * Xvfb writes its number when it is ready for clients.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
function displayNumber(child) {
  return new Promise((resolve, reject) => {
    let complaint = '';
    let answer = '';
    const fail = () =>
      reject(
        new SetupError('The virtual display did not start.', { command: 'Xvfb :99', output: complaint }),
      );
    const timer = setTimeout(fail, START_LIMIT_MS);
    child.once('error', fail);
    child.once('exit', fail);
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      complaint = (complaint + text).slice(-4000);
    });
    child.stdio[DISPLAY_FD]?.on('data', (text) => {
      answer += text;
      if (!answer.includes('\n')) return;
      clearTimeout(timer);
      resolve(answer.trim());
    });
  });
}
