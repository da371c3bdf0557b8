import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createServices } from '../../src/main/app/createServices.ts';
import type { Question } from '../../src/main/base/Question.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import type { KeychainProcess } from '../../src/main/vault/KeychainProcess.ts';
import { MemoryKeychain } from './MemoryKeychain.ts';
import { temporaryFolder } from './testStore.ts';

export interface AppUnderTestOptions {
  /** Default: a fresh one. */
  readonly folder?: string;
  readonly keychain?: MemoryKeychain;
  /** What the person answers to main's questions; default: no. */
  readonly answer?: (question: Question) => boolean | Promise<boolean>;
}

/** The whole of main as `index.ts` builds it, without Electron: a keychain in memory, and a person who answers. */
export function appUnderTest({
  folder = temporaryFolder(),
  keychain = new MemoryKeychain(),
  answer = () => false,
}: AppUnderTestOptions = {}) {
  const questions: Question[] = [];
  const services = createServices({
    paths: { app: folder, userData: folder, log: join(folder, 'log'), resources: folder },
    version: '0.0.0',
    electronVersion: '0',
    logger: silentLogger,
    events: { publish: () => undefined },
    keychainProcess: processOver(keychain),
    clipboard: { copyText: async () => undefined, copySecretText: async () => undefined },
    ask: async (question) => {
      questions.push(question);
      return answer(question);
    },
    transferDialogs: { chooseSource: async () => null, chooseTarget: async () => null },
    showLogFolder: () => undefined,
    applyTheme: () => undefined,
    onLocked: () => undefined,
  });
  onTestFinished(() => services.shutdown());
  return { ...services, questions, folder, keychain };
}

/** Answers as the helper process does; a keychain that never answers looks like one that hangs. */
function processOver(keychain: MemoryKeychain): KeychainProcess {
  return {
    start() {
      const listeners: ((message: unknown) => void)[] = [];
      const tell = (message: unknown) => {
        for (const listener of listeners) listener(message);
      };
      queueMicrotask(() => tell({ outcome: 'ready' }));
      return {
        post(request) {
          const { account } = request;
          const done = (value: unknown) => tell({ outcome: 'done', value });
          const failed = (error: unknown) => tell({ outcome: 'failed', text: String(error) });
          const work =
            request.verb === 'read'
              ? keychain.read(account)
              : request.verb === 'write'
                ? keychain.write(account, request.value).then(() => null)
                : keychain.remove(account);
          work.then(done, failed);
        },
        onMessage: (listener) => void listeners.push(listener),
        onExit: () => undefined,
        kill: () => undefined,
      };
    },
  };
}
