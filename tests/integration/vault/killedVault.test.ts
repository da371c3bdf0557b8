import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
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
import {
  type KilledOperation,
  nextPassphrase,
  operations,
  passphrase,
  plaintextOf,
  refs,
} from './killedOperations.ts';
import { startKeyring } from './startKeyring.ts';

const entry = new URL('./killedVaultEntry.ts', import.meta.url);

/** With the keychain of a real session hundreds of kills would take many minutes; one operation is run with it too. */
const manyKillsMs = 600_000;
const atOnce = 4;

async function prepare(folder: string, keychain: Keychain, { before }: KilledOperation): Promise<void> {
  const database = openTestStore({ folder });
  await before(startVault({ database, keychain, clock, logger }).vault);
  database.close();
}

/** The entry as one JavaScript file: hundreds of processes start in a fraction of the time that TypeScript takes. */
let bundleFolder: string;
beforeAll(async () => {
  bundleFolder = mkdtempSync(join(tmpdir(), 'mooring-test-'));
  symlinkSync(
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    join(bundleFolder, 'node_modules'),
  );
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: fileURLToPath(entry), outDir: join(bundleFolder, 'out'), target: 'node20' },
  });
});
afterAll(() => rmSync(bundleFolder, { recursive: true, force: true }));

interface End {
  readonly code: number | null;
  readonly signal: string | null;
}

/** Runs the entry in a process of its own, with the keychain in the folder. */
function runBundled(args: readonly string[]): Promise<End> {
  const script = join(bundleFolder, 'out', 'killedVaultEntry.js');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
}

/** @returns whether it was killed; else it has done all it had to do */
function wasKilled({ code, signal }: End): boolean {
  expect(signal === 'SIGKILL' || code === 0).toBe(true);
  return signal === 'SIGKILL';
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

describe('a vault whose process is killed', () => {
  it.each(Object.entries(operations))(
    'loses nothing, wherever it is killed during: %s',
    async (name, operation) => {
      const original = temporaryFolder();
      await prepare(original, new FileKeychain(original), operation);
      /** One run on a copy. */
      const tryAt = async (callNumber: number): Promise<boolean> => {
        const folder = join(temporaryFolder(), 'copy');
        cpSync(original, folder, { recursive: true });
        const isOver = !wasKilled(await runBundled([folder, name, String(callNumber), 'file']));
        const keychain = new FileKeychain(folder);
        const accounts = await expectWhole(folder, keychain, operation);
        expect([...keychain.items.keys()].sort()).toEqual(accounts);
        return isOver;
      };
      let callNumber = 1;
      let killedCount = 0;
      let areOver: boolean[];
      do {
        const numbers = Array.from({ length: atOnce }, (_, index) => callNumber + index);
        areOver = await Promise.all(numbers.map(tryAt));
        callNumber += atOnce;
        killedCount += areOver.filter((isOver) => !isOver).length;
      } while (!areOver.includes(true));
      // Fewer would mean that the calls are not counted.
      expect(killedCount).toBeGreaterThan(2);
    },
    manyKillsMs,
  );

  it.runIf(process.platform === 'linux')(
    'loses nothing with a real keyring either, rotation after rotation',
    async () => {
      const session = await startKeyring();
      const folder = temporaryFolder();
      const keychain = new HelperKeychain({ process: nodeKeychainProcess(session.env), clock });
      onTestFinished(() => keychain.close());
      const operation = { ...operations['rotate and destroy'], before: operations.rotate?.before };
      if (operation.run === undefined || operation.before === undefined) throw new Error('It is not there.');
      const { before, run } = operation;
      await prepare(folder, keychain, { before, run });
      for (let callNumber = 1; ; callNumber += 1) {
        const args = [folder, 'rotate and destroy', String(callNumber), 'real'];
        const isOver = !wasKilled(await ended(spawnTypeScript(entry, args, session.env)));
        const accounts = await expectWhole(folder, keychain, { before, run });
        for (const account of accounts) expect(await keychain.read(account)).toMatch(/^mrk1\./);
        if (isOver) break;
      }
    },
    manyKillsMs,
  );
});
