/** What a desktop gives to its applications besides a display: a message bus and an unlocked keyring on it. */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from '../bootstrap/runCommand.mjs';

/** In the runtime folder; holds the process id of the application itself. */
export const COMMAND_ID_FILE = 'command-id';

/** Unlocks the keyring with the password from standard input, then runs its arguments in the project's folder. */
const SCRIPT = `
if command -v gnome-keyring-daemon >/dev/null; then
  gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
  tries=0
  until dbus-send --session --dest=org.freedesktop.DBus --print-reply / \\
      org.freedesktop.DBus.GetNameOwner string:org.freedesktop.secrets >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ $tries -gt 100 ]; then echo 'The keyring of the session did not start.' >&2; exit 97; fi
    sleep 0.05
  done
fi
cd "$MOORING_ROOT" || exit 97
sh -c 'echo $$ >"$XDG_RUNTIME_DIR/${COMMAND_ID_FILE}"; exec "$@"' sh "$@" </dev/null
`;

/**
 * @param {import('./sessionFolders.mjs').SessionFolders} folders
 * @param {string[]} words the command
 * @returns {string[]} the command inside the services
 */
export function withDesktopServices(folders, words) {
  if (!findProgram('dbus-run-session')) return words;
  const file = path.join(folders.base, 'session-bus.conf');
  writeFileSync(file, busSettings(folders.env.XDG_RUNTIME_DIR), { mode: 0o644 });
  return ['dbus-run-session', `--config-file=${file}`, '--', 'sh', '-c', SCRIPT, 'sh', ...words];
}

/** The bus has its socket in the session's folder, and starts no service on demand. @param {string} socketFolder */
function busSettings(socketFolder) {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=${socketFolder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}
