/**
 * A process with a real store and the real keychain of its session, as the app has them. Answers the questions of
 * VaultProcess.ts, one at a time.
 */
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { isAppError } from '../../../src/main/base/AppError.ts';
import { systemClock } from '../../../src/main/base/Clock.ts';
import { endpointHash } from '../../../src/main/dataSources/secrets/endpointBinding.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { Database } from '../../../src/main/store/Database.ts';
import { HelperKeychain } from '../../../src/main/vault/keychain/HelperKeychain.ts';
import { someFields } from '../../support/dataSources.ts';
import { nodeKeychainProcess } from '../../support/keychainProcess.ts';
import { startVault } from '../../support/startVault.ts';
import type { Answer, Question } from './VaultProcess.ts';

const [folder = ''] = process.argv.slice(2);
const clock = systemClock;
const database = Database.open({ folder, clock, logger: silentLogger });
const keychain = new HelperKeychain({ process: nodeKeychainProcess(), clock });
const { vault, repository } = startVault({ database, keychain, clock, logger: silentLogger });

const ref = { dataSourceId: '7c9e6679-7425-40de-944b-e07fc1f90ae7', field: 'password' };
const hash = endpointHash(someFields());

/** Work that needs a free thread of Node's pool. */
async function useThreadPool(): Promise<string> {
  await Promise.all([readFile(new URL(import.meta.url)), lookup('localhost')]);
  return 'alive';
}

const actions: Record<Question['name'], (value: string) => Promise<unknown> | unknown> = {
  seal: (value) => vault.seal(ref, value, hash),
  open: () => vault.open(ref, hash),
  status: () => vault.status(),
  lock: () => vault.lock(),
  keyVersions: () => repository.keyVersions().map((record) => record.version),
  useThreadPool,
};

async function answer({ name, value }: Question): Promise<Answer> {
  const startedMs = performance.now();
  try {
    const result = (await actions[name](value)) ?? null;
    return { outcome: 'value', value: result, durationMs: performance.now() - startedMs };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { code, detail } = error;
    return { outcome: 'error', code, detail, durationMs: performance.now() - startedMs };
  }
}

process.on('message', (question: Question & { id: number }) => {
  void answer(question).then((result) => process.send?.({ ...result, id: question.id }));
});
