import { onTestFinished } from 'vitest';
import { createServices } from '../../src/main/app/createServices.ts';
import { InputBreak } from '../../src/main/base/async/InputBreak.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { Question } from '../../src/main/base/Question.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { FileLog } from '../../src/main/observability/log/FileLog.ts';
import { createOperations } from '../../src/main/observability/operations/createOperations.ts';
import { keychainProcessOver } from './keychainProcess.ts';
import { MemoryKeychain } from './MemoryKeychain.ts';
import { temporaryFolder } from './testStore.ts';
import { nodeWorkerProcess, syncWorkerEntry } from './workerProcess.ts';

export interface ServicesUnderTestOptions {
  /** Default: a fresh one. */
  readonly folder?: string;
  readonly keychain?: MemoryKeychain;
  /** What the person answers to main's questions; default: no. */
  readonly answer?: (question: Question) => boolean | Promise<boolean>;
}

/** The services as the app builds them, past the door: a keychain in memory, and a person who answers. */
export function servicesUnderTest({
  folder = temporaryFolder(),
  keychain = new MemoryKeychain(),
  answer = () => false,
}: ServicesUnderTestOptions = {}) {
  const questions: Question[] = [];
  const services = createServices({
    paths: { app: folder, userData: folder, resources: folder },
    version: '0.0.0',
    electronVersion: '0',
    logger: silentLogger,
    log: new FileLog(folder, systemClock),
    operations: createOperations(systemClock, silentLogger),
    events: { publish: () => undefined },
    workerProcess: nodeWorkerProcess(syncWorkerEntry),
    keychainProcess: keychainProcessOver(keychain),
    clipboard: { copyText: async () => undefined, copySecretText: async () => undefined },
    inputBreak: new InputBreak(systemClock),
    ask: async (question) => {
      questions.push(question);
      return answer(question);
    },
    transferDialogs: { chooseSource: async () => null, chooseTarget: async () => null },
    fileDialogs: {
      chooseSource: async () => null,
      chooseTarget: async () => null,
      chooseFolder: async () => null,
    },
    alertNotifier: { show: () => undefined },
    showLogFolder: () => undefined,
    showFile: () => undefined,
    showMonitoringFiles: () => undefined,
    openInBrowser: () => Promise.resolve(),
    applyBackground: () => undefined,
    applyTheme: () => undefined,
    onLocked: () => undefined,
    onPageReady: () => undefined,
  });
  onTestFinished(() => services.shutdown());
  return { ...services, questions, folder, keychain };
}
