/** Downloads that may be impossible from here: tried once a day, with the reason kept in the cache meanwhile. */

import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { ensureCacheFolder, inCache } from './cacheFolder.mjs';

const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * @param {string} name of the file in the cache
 * @returns {string | undefined} why the attempt of the last 24 hours failed
 */
export function recentFailure(name) {
  const file = inCache(name);
  if (!existsSync(file)) return undefined;
  if (Date.now() - statSync(file).mtimeMs < RETRY_AFTER_MS) return readFileSync(file, 'utf8').split('\n')[0];
  rmSync(file, { force: true });
  return undefined;
}

/**
 * @param {string} name
 * @param {string} reason one line
 */
export function rememberFailure(name, reason) {
  ensureCacheFolder();
  writeFileSync(inCache(name), `${reason}\nTried once a day; delete this file to try again now.\n`);
}
