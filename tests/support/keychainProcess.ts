import { fork } from 'node:child_process';
import type { KeychainProcess } from '../../src/main/vault/keychain/KeychainProcess.ts';

const registerUrl = new URL('./typeScript/register.mjs', import.meta.url).href;
const helper = new URL('../../src/main/vault/keychain/keychainHelper.ts', import.meta.url);

/**
 * Starts the app's keychain helper under Node, as `src/main/platform/keychainProcess` does under Electron.
 * @param env names the message bus of the keychain
 * @param onStart is told the helper's process id
 */
export function nodeKeychainProcess(
  env: NodeJS.ProcessEnv = process.env,
  onStart: (pid: number) => void = () => undefined,
): KeychainProcess {
  return {
    start() {
      const child = fork(helper, { env, execArgv: ['--import', registerUrl] });
      if (child.pid !== undefined) onStart(child.pid);
      return {
        // What a helper that is gone does not get is told by its end.
        post: (message) => void child.send(message, () => undefined),
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void child.once('exit', listener).once('error', listener),
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}
