import { createHash } from 'node:crypto';
import { AuditTrail } from '../../src/main/audit/AuditTrail.ts';
import { neverAborted } from '../../src/main/base/abort.ts';
import type { Clock } from '../../src/main/base/Clock.ts';
import { type Logger, silentLogger } from '../../src/main/observability/Logger.ts';
import type { Keychain } from '../../src/main/vault/Keychain.ts';
import { KeyRing } from '../../src/main/vault/KeyRing.ts';
import type { LongWork } from '../../src/main/vault/LongWork.ts';
import { RootKeyItems } from '../../src/main/vault/RootKeyItems.ts';
import type { SecretRef } from '../../src/main/vault/SecretRepository.ts';
import { VaultManager } from '../../src/main/vault/VaultManager.ts';
import { dataSourcesIn } from './dataSourcesIn.ts';
import { FakeClock } from './FakeClock.ts';
import { MemoryKeychain } from './MemoryKeychain.ts';
import { openTestVaultStore } from './testStore.ts';

export type TestStore = ReturnType<typeof openTestVaultStore>;

/** The endpoint that a test's secret is sealed for, unless the test says another. */
export const testHash = ({ dataSourceId }: SecretRef): Buffer =>
  createHash('sha256').update(dataSourceId).digest();

export interface TestVaultOptions<TestKeychain extends Keychain, TestClock extends Clock> {
  readonly store: TestStore;
  readonly keychain: TestKeychain;
  readonly clock: TestClock;
  readonly logger: Logger;
  readonly hashFor: (ref: SecretRef) => Buffer | null;
}

/** A vault with all that belongs to it, over a store that is open; as a start of the app makes it. */
export function startVault<TestKeychain extends Keychain, TestClock extends Clock>(
  options: TestVaultOptions<TestKeychain, TestClock>,
) {
  const { store, keychain, clock, logger, hashFor } = options;
  const items = new RootKeyItems({ keychain, repository: store.vault, logger });
  const keyRing = new KeyRing({ items, repository: store.vault, clock });
  const signedRows = dataSourcesIn(store.database, keyRing);
  const audit = new AuditTrail({ repository: store.audit, signer: keyRing, clock, logger });
  const vault = new VaultManager({
    keyRing,
    repository: store.vault,
    secrets: store.secrets,
    signedRows,
    endpointHashes: { hashFor },
    audit,
    clock,
    logger,
  });
  vault.recover();
  return { ...options, keyRing, vault, dataSources: signedRows, audit, restart: () => startVault(options) };
}

/** The same over a fresh store and a keychain in memory, with a clock of the test's. */
export function openTestVault(overrides: { logger?: Logger; hashFor?: typeof testHash } = {}) {
  return startVault({
    store: openTestVaultStore(),
    keychain: new MemoryKeychain(),
    clock: new FakeClock(),
    logger: silentLogger,
    hashFor: testHash,
    ...overrides,
  });
}

/** For long work that nobody watches or stops. */
export const unwatched: LongWork = { signal: neverAborted, onProgress: () => undefined };
