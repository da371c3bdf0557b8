/** The per-user cache of what is costly to get: the Electron runtime and the SQLite build. */

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Read by any user, so that an unprivileged one can run what is in it. */
const FOLDER_MODE = 0o755;

/** @param {...string} segments */
export function inCache(...segments) {
  const base = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return path.join(path.resolve(base), 'mooring-dev', ...segments);
}

export function ensureCacheFolder() {
  mkdirSync(inCache(), { recursive: true, mode: FOLDER_MODE });
}

/**
 * Makes the folder `name` in one move: it is filled under another name, then renamed, so it is never there by half.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} fill
 */
export async function publishFolder(name, fill) {
  ensureCacheFolder();
  const workFolder = mkdtempSync(inCache('unfinished-'));
  const contents = path.join(workFolder, 'contents');
  mkdirSync(contents, { mode: FOLDER_MODE });
  try {
    await fill(contents);
    rmSync(inCache(name), { recursive: true, force: true });
    moveInto(contents, inCache(name));
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/**
 * @param {string} from
 * @param {string} to when another process published it meanwhile, its result is as good as ours
 */
function moveInto(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}
