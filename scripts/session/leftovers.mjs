/** Ends every process that carries a session's mark in its environment, whoever its parent is by now. */

import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const MARK = 'MOORING_SESSION';
const GENTLE_LIMIT_MS = 3000;
const POLL_MS = 50;

/** @returns {Record<string, string>} one variable, unique to a session; it begins with our process id */
export function newSessionMark() {
  return { [MARK]: `${process.pid}-${randomUUID()}` };
}

/** Ends what was left behind by sessions whose runner was killed before it could tidy up. */
export function endAbandonedSessions() {
  const isAbandoned = (entry) => {
    const owner = entry.startsWith(`${MARK}=`)
      ? Number.parseInt(entry.slice(MARK.length + 1), 10)
      : Number.NaN;
    return owner > 0 && !existsSync(`/proc/${owner}`);
  };
  signalAll(processesWhere(isAbandoned), 'SIGKILL');
}

/**
 * @param {number} id of a process
 * @param {Record<string, string>} mark
 */
export function belongsTo(id, mark) {
  return environmentOf(String(id)).includes(`${MARK}=${mark[MARK]}`);
}

/** @param {Record<string, string>} mark */
export async function endLeftovers(mark) {
  if (process.platform !== 'linux') return;
  const isOurs = (entry) => entry === `${MARK}=${mark[MARK]}`;
  const giveUpAt = performance.now() + GENTLE_LIMIT_MS;
  signalAll(processesWhere(isOurs), 'SIGTERM');
  while (processesWhere(isOurs).length > 0) {
    if (performance.now() > giveUpAt) signalAll(processesWhere(isOurs), 'SIGKILL');
    if (performance.now() > giveUpAt + GENTLE_LIMIT_MS) return;
    await pause(POLL_MS);
  }
}

/** @param {(entry: string) => boolean} matches a variable and its value */
function processesWhere(matches) {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return ids.filter((id) => environmentOf(id).some(matches)).map(Number);
}

/** @param {string} id */
function environmentOf(id) {
  try {
    return readFileSync(`/proc/${id}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/**
 * @param {number[]} ids
 * @param {NodeJS.Signals} signal
 */
function signalAll(ids, signal) {
  for (const id of ids) {
    try {
      process.kill(id, signal);
    } catch {
      // It ended by itself.
    }
  }
}
