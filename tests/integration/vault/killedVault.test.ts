import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import { silentLogger as logger } from '../../../src/main/observability/Logger.ts';
import { HelperKeychain } from '../../../src/main/vault/keychain/HelperKeychain.ts';
import type { Keychain } from '../../../src/main/vault/keychain/Keychain.ts';
import { rootKeyAccount } from '../../../src/main/vault/keys/rootKeyItem.ts';
import { FileKeychain } from '../../support/FileKeychain.ts';
import { nodeKeychainProcess } from '../../support/keychainProcess.ts';
import { startVault, testHash } from '../../support/startVault.ts';
import { openTestStore, temporaryFolder } from '../../support/testStore.ts';
import { ended, spawnTypeScript } from '../../support/typeScript/spawnTypeScript.ts';
import { beforeEachWrite } from './beforeEachWrite.ts';
import {
  type KilledOperation,
  nextPassphrase,
  operations,
  passphrase,
  plaintextOf,
  refs,
  rotateAndDestroy,
} from './killedOperations.ts';
import { startKeyring } from './startKeyring.ts';

const entry = new URL('./killedVaultEntry.ts', import.meta.url);

async function prepare(folder: string, keychain: Keychain, { before }: KilledOperation): Promise<void> {
  const database = openTestStore({ folder });
  await before(startVault({ database, keychain, clock, logger }).vault);
  database.close();
}

/** Starts anew after a kill: everything opens, there is one key for it, and nothing is left behind. */
async function expectWhole(folder: string, keychain: Keychain, { mayLoseSecrets }: KilledOperation) {
  const database = openTestStore({ folder });
  const { vault, repository, secrets } = startVault({ database, keychain, clock, logger });
  if (vault.status().hasPassphrase) {
    await vault.unlock(passphrase).catch(() => vault.unlock(nextPassphrase));
  }
  await vault.retry();
  const { mode, problem } = vault.status();
  expect(problem).toBeNull();
  const kept = refs.filter((ref) => vault.has(ref));
  if (mayLoseSecrets !== true) expect(kept).toEqual(refs);
  for (const ref of kept) expect(await vault.open(ref, testHash(ref))).toBe(plaintextOf(ref));

  const records = repository.keyVersions();
  const hasKeys = mode === 'keychain' || mode === 'passphrase';
  expect(records.filter(({ state }) => state === 'active')).toHaveLength(hasKeys ? 1 : 0);
  expect(records.some(({ state }) => state === 'next')).toBe(false);
  expect(secrets.stagedPage(null, 1)).toEqual([]);
  expect(repository.leftovers()).toEqual([]);
  const vaultId = repository.vaultId();
  const accounts = records
    .filter(({ home }) => home === 'keychain')
    .map((record) => rootKeyAccount({ ...record, vaultId }));
  database.close();
  return accounts.sort();
}

/**
 * What a process leaves when it is killed is its files as they are, so a copy of them is a kill at that moment.
 * Another program makes it: a process that closes a file of SQLite's gives up the locks on it.
 */
function copyFolder(from: string, to: string): void {
  if (process.platform === 'win32') cpSync(from, to, { recursive: true });
  else execFileSync('cp', ['-R', from, to]);
}

/** @returns the folders as they were before each write of the operation, and after the last */
async function leftByKills(folder: string, { run }: KilledOperation): Promise<string[]> {
  const copies = temporaryFolder();
  const left: string[] = [];
  const keep = () => {
    const copy = join(copies, String(left.length));
    copyFolder(folder, copy);
    left.push(copy);
  };
  const database = openTestStore({ folder });
  const keychain = new FileKeychain(folder);
  const { vault } = startVault({ database, keychain, clock, logger, wrap: beforeEachWrite(keep) });
  await run(vault);
  keep();
  vault.lock();
  database.close();
  return left;
}

/** Runs the entry. @returns whether it was killed; else it has done all it had to do */
async function wasKilled(args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  const { code, signal } = await ended(spawnTypeScript(entry, args, env));
  expect(signal === 'SIGKILL' || code === 0).toBe(true);
  return signal === 'SIGKILL';
}

describe('a vault whose process is killed', () => {
  it.each(Object.entries(operations))(
    'loses nothing, wherever it is killed during: %s',
    async (_name, operation) => {
      const original = temporaryFolder();
      await prepare(original, new FileKeychain(original), operation);
      const left = await leftByKills(original, operation);
      // Fewer would mean that the writes are not seen.
      expect(left.length).toBeGreaterThan(3);
      for (const folder of left) {
        const keychain = new FileKeychain(folder);
        const accounts = await expectWhole(folder, keychain, operation);
        expect([...keychain.items.keys()].sort()).toEqual(accounts);
      }
    },
  );

  it.runIf(process.platform === 'linux')(
    'loses nothing when it is really killed around a change of a real keyring, rotation after rotation',
    async () => {
      const session = await startKeyring();
      const folder = temporaryFolder();
      const keychain = new HelperKeychain({ process: nodeKeychainProcess(session.env), clock });
      onTestFinished(() => keychain.close());
      await prepare(folder, keychain, rotateAndDestroy);
      let killedCount = 0;
      while (await wasKilled([folder, String(killedCount + 1)], session.env)) {
        killedCount += 1;
        const accounts = await expectWhole(folder, keychain, rotateAndDestroy);
        for (const account of accounts) expect(await keychain.read(account)).toMatch(/^mrk1\./);
      }
      await expectWhole(folder, keychain, rotateAndDestroy);
      // The new key is written and the old one removed: before and after each.
      expect(killedCount).toBeGreaterThanOrEqual(4);
    },
    120_000,
  );
});
