import { utilityProcess } from 'electron';
import type { HelperProcess, KeychainProcess } from '../vault/keychain/KeychainProcess.ts';

/**
 * Runs the keychain helper beside the app. The app must be ready when it is started.
 * @param helperPath the built keychainHelper.ts; may be inside `app.asar`
 */
export function keychainProcess(helperPath: string): KeychainProcess {
  return { start: () => startHelper(helperPath) };
}

function startHelper(helperPath: string): HelperProcess {
  const child = utilityProcess.fork(helperPath, [], { serviceName: 'Mooring keychain', stdio: 'ignore' });
  let isKilled = false;
  // Electron's own `kill` asks first. It has no pid before the process runs, and none after its end.
  const kill = () => {
    isKilled = true;
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
  };
  child.once('spawn', () => {
    if (isKilled) kill();
  });
  // The end that follows says enough, but an error without a listener would be thrown.
  child.on('error', () => undefined);
  return {
    post: (request) => child.postMessage(request),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill,
  };
}
