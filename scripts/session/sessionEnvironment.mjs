/** The variables a session's programs see: ours, without what belongs to the caller's own desktop. */

import path from 'node:path';
import { isRoot } from './sessionUser.mjs';

/** The caller's desktop, npm's settings, and switches that would change what Electron is. */
const NOT_PASSED_ON =
  /^(npm_.*|XDG_.*|GNOME_.*|DBUS_.*|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|SESSION_MANAGER|ELECTRON_RUN_AS_NODE|INIT_CWD)$/i;

/**
 * @param {Record<string, string>} own
 * @param {import('./visiblePlaces.mjs').VisiblePlaces} places
 * @returns {NodeJS.ProcessEnv}
 */
export function sessionEnvironment(own, places) {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.test(name));
  return {
    ...Object.fromEntries(inherited),
    ...(isRoot ? { USER: 'nobody', LOGNAME: 'nobody' } : {}),
    PATH: [places.nodeFolder, process.env.PATH].join(path.delimiter),
    ELECTRON_OVERRIDE_DIST_PATH: places.electronDist,
    MOORING_MYSQL_FOLDER: places.serverFolders.mysql,
    MOORING_PROMETHEUS_FOLDER: places.serverFolders.prometheus,
    MOORING_SSH_FOLDER: places.serverFolders.ssh,
    MOORING_MATRIX_FOLDER: places.serverFolders.matrix,
    MOORING_ROOT: places.root,
    ...own,
  };
}
