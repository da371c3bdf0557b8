/**
 * Step 7, Linux: Chromium's sandbox can be set up. Where ordinary users may not make user namespaces
 * (Ubuntu 24.04 and later), Electron's helper program must belong to root with the set-user-ID bit.
 */

import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { asSessionUser } from '../session/sessionUser.mjs';
import { SetupError } from './report.mjs';
import { findProgram, runCommand, succeeds } from './runCommand.mjs';
import { rootPrefix } from './systemPackages.mjs';

const NAMESPACE_PROBE = ['unshare', '--user', '--map-root-user', '--pid', '--fork', 'true'];
const HELPER_MODE = 0o4755;

/** @param {import('./electronRuntime.mjs').ElectronRuntime} electron */
export async function ensureChromiumSandbox(electron) {
  const helper = path.join(electron.distPath, 'chrome-sandbox');
  if (!existsSync(helper) || isHelperReady(helper) || canMakeNamespaces()) return;
  const script = `chown root:root '${helper}' && chmod 4755 '${helper}'`;
  const asRoot = rootPrefix();
  if (asRoot) {
    const [command, ...args] = [...asRoot, 'sh', '-c', script];
    await runCommand(command, args);
  }
  if (isHelperReady(helper)) return;
  throw new SetupError(
    "This system keeps ordinary users from making namespaces, so Electron's sandbox helper must belong to root.",
    {
      command: `sudo sh -c "${script}"`,
    },
  );
}

/** @param {string} helper */
function isHelperReady(helper) {
  const { mode, uid } = statSync(helper);
  return uid === 0 && (mode & HELPER_MODE) === HELPER_MODE;
}

function canMakeNamespaces() {
  if (!findProgram('unshare') || !findProgram('setpriv')) return true;
  const [command, ...args] = [...asSessionUser, ...NAMESPACE_PROBE];
  return succeeds(command, args);
}
