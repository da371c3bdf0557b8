import { fork } from 'node:child_process';
import type { Keychain } from '../../src/main/vault/keychain/Keychain.ts';
import type { KeychainProcess } from '../../src/main/vault/keychain/KeychainProcess.ts';
import type { KeychainRequest } from '../../src/main/vault/keychain/keychainMessages.ts';

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

/** The keychain's helper in this process, over any keychain. */
export function keychainProcessOver(keychain: Keychain): KeychainProcess {
  return {
    start() {
      let tell: (message: unknown) => void = () => undefined;
      const valueFor = (request: KeychainRequest) => {
        if (request.verb === 'read') return keychain.read(request.account);
        if (request.verb === 'remove') return keychain.remove(request.account);
        return keychain.write(request.account, request.value).then(() => null);
      };
      return {
        post: (request) =>
          void valueFor(request).then(
            (value) => tell({ outcome: 'done', value }),
            (error: unknown) => tell({ outcome: 'failed', text: String(error) }),
          ),
        onMessage: (listener) => {
          tell = listener;
          queueMicrotask(() => listener({ outcome: 'ready' }));
        },
        onExit: () => undefined,
        kill: () => undefined,
      };
    },
  };
}
