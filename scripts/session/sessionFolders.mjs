/** The temporary folder of one session: a home, the XDG folders and a place for temporary files, all fresh. */

import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { giveToSessionUser, isRoot } from './sessionUser.mjs';

const PRIVATE_MODE = 0o700;
const PASSABLE_MODE = 0o711;

/** @typedef {{ base: string, env: Record<string, string>, remove: () => void }} SessionFolders */

/** @returns {SessionFolders} */
export function createSessionFolders() {
  // Short, for the sockets in it; and not root's own TMPDIR, which other users may not enter.
  const base = mkdtempSync(path.join(isRoot ? '/tmp' : tmpdir(), 'mooring-'));
  chmodSync(base, PASSABLE_MODE);
  const folder = (name) => {
    const place = path.join(base, name);
    mkdirSync(place, { mode: PRIVATE_MODE });
    giveToSessionUser(place);
    return place;
  };
  const cache = folder('cache');
  return {
    base,
    env: {
      HOME: folder('home'),
      TMPDIR: folder('tmp'),
      XDG_RUNTIME_DIR: folder('run'),
      XDG_DATA_HOME: folder('data'),
      XDG_CONFIG_HOME: folder('config'),
      XDG_CACHE_HOME: cache,
      MOORING_VITE_CACHE: path.join(cache, 'vite'),
      XDG_STATE_HOME: folder('state'),
    },
    remove: () => rmSync(base, { recursive: true, force: true, maxRetries: 5 }),
  };
}
