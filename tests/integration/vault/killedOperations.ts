import { neverAborted } from '../../../src/main/base/abort.ts';
import type { SecretRef } from '../../../src/main/vault/secrets/SecretRepository.ts';
import type { VaultManager } from '../../../src/main/vault/VaultManager.ts';
import { testHash, unwatched, withPassphrase } from '../../support/startVault.ts';

export const passphrase = 'correct horse';
export const nextPassphrase = 'battery staple';

export const refs: readonly SecretRef[] = [1, 2, 3].map((number) => ({
  dataSourceId: `00000000-0000-4000-8000-00000000000${number}`,
  field: 'password',
}));
export const plaintextOf = (ref: SecretRef): string => `value of ${ref.dataSourceId} 🐘`;

async function sealAll(vault: VaultManager): Promise<void> {
  for (const ref of refs) await vault.seal(ref, plaintextOf(ref), testHash(ref));
}

export interface KilledOperation {
  /** What was there before the process that is killed. */
  before(vault: VaultManager): Promise<unknown>;
  /** What it does. */
  run(vault: VaultManager): Promise<unknown>;
  /** Whether secrets that were not saved, or are given up, may be gone. */
  readonly mayLoseSecrets?: boolean;
}

const inKeychain = sealAll;
async function inFile(vault: VaultManager): Promise<void> {
  await vault.setMode({ mode: 'passphrase', passphrase }, unwatched);
  await sealAll(vault);
}
async function inKeychainWithPassphrase(vault: VaultManager): Promise<void> {
  await sealAll(vault);
  await vault.addPassphrase(passphrase);
}
async function rotatedInKeychain(vault: VaultManager): Promise<void> {
  await sealAll(vault);
  await vault.rotate({ destroyOldKey: false }, unwatched);
}
async function rotatedInFile(vault: VaultManager): Promise<void> {
  await inFile(vault);
  await vault.rotate({ destroyOldKey: false }, unwatched);
}

const rotate = (vault: VaultManager) => vault.rotate({ destroyOldKey: false }, unwatched);
const rotateAndDestroyKeys = (vault: VaultManager) =>
  vault.rotate({ destroyOldKey: true }, unwatched, withPassphrase(passphrase));
const unlocked = (run: (vault: VaultManager) => Promise<unknown>) => async (vault: VaultManager) => {
  await vault.unlock(passphrase);
  await run(vault);
};

export const rotateAndDestroy: KilledOperation = { before: rotatedInKeychain, run: rotateAndDestroyKeys };

/** Every operation on the keys, in every mode where it is another. */
export const operations: Readonly<Record<string, KilledOperation>> = {
  'the first save': { before: async () => undefined, run: sealAll, mayLoseSecrets: true },
  rotate: { before: inKeychain, run: rotate },
  'rotate and destroy': rotateAndDestroy,
  'rotate with a passphrase': { before: inFile, run: unlocked(rotateAndDestroyKeys) },
  'rotate with both': { before: inKeychainWithPassphrase, run: unlocked(rotateAndDestroyKeys) },
  'keychain to passphrase': {
    before: rotatedInKeychain,
    run: (vault) => vault.setMode({ mode: 'passphrase', passphrase }, unwatched),
  },
  'passphrase to keychain': {
    before: rotatedInFile,
    run: (vault) => vault.setMode({ mode: 'keychain' }, unwatched, withPassphrase(passphrase)),
  },
  'keychain to session': {
    before: rotatedInKeychain,
    run: (vault) => vault.setMode({ mode: 'session' }, unwatched),
    mayLoseSecrets: true,
  },
  'session to keychain': {
    before: (vault) => vault.setMode({ mode: 'session' }, unwatched),
    run: async (vault) => {
      await sealAll(vault);
      await vault.setMode({ mode: 'keychain' }, unwatched);
    },
    mayLoseSecrets: true,
  },
  'session to passphrase': {
    before: (vault) => vault.setMode({ mode: 'session' }, unwatched),
    run: async (vault) => {
      await sealAll(vault);
      await vault.setMode({ mode: 'passphrase', passphrase }, unwatched);
    },
    mayLoseSecrets: true,
  },
  'adding a passphrase': { before: rotatedInKeychain, run: (vault) => vault.addPassphrase(passphrase) },
  'removing a passphrase': {
    before: inKeychainWithPassphrase,
    run: (vault) => vault.removePassphrase(passphrase),
  },
  'changing the passphrase': {
    before: inFile,
    run: (vault) => vault.changePassphrase(passphrase, nextPassphrase),
  },
  'changing the passphrase around the keychain': {
    before: inKeychainWithPassphrase,
    run: (vault) => vault.changePassphrase(passphrase, nextPassphrase),
  },
  'starting over': {
    before: rotatedInKeychain,
    run: (vault) => vault.startOver(neverAborted),
    mayLoseSecrets: true,
  },
};
