import { createHash } from 'node:crypto';
import { AuditTrail } from '../../src/main/audit/AuditTrail.ts';
import { neverAborted } from '../../src/main/base/abort.ts';
import type { Clock } from '../../src/main/base/Clock.ts';
import type { Logger } from '../../src/main/observability/Logger.ts';
import type { Database } from '../../src/main/store/Database.ts';
import { SqliteAuditRepository } from '../../src/main/store/SqliteAuditRepository.ts';
import { SqliteSecretRepository } from '../../src/main/store/SqliteSecretRepository.ts';
import { SqliteVaultRepository } from '../../src/main/store/SqliteVaultRepository.ts';
import { type Consent, noConsentNeeded } from '../../src/main/vault/Consent.ts';
import type { Keychain } from '../../src/main/vault/keychain/Keychain.ts';
import { KeyRing } from '../../src/main/vault/keys/KeyRing.ts';
import { leastCosts } from '../../src/main/vault/keys/passphraseKey.ts';
import { RootKeyItems } from '../../src/main/vault/keys/RootKeyItems.ts';
import type { LongWork } from '../../src/main/vault/LongWork.ts';
import type { SecretRef, SecretRepository } from '../../src/main/vault/secrets/SecretRepository.ts';
import { VaultManager } from '../../src/main/vault/VaultManager.ts';
import type { VaultRepository } from '../../src/main/vault/VaultRepository.ts';
import { dataSourcesIn } from './dataSourcesIn.ts';

export interface VaultParts {
  readonly keychain: Keychain;
  readonly repository: VaultRepository;
  readonly secrets: SecretRepository;
}

export interface StartVaultOptions {
  readonly database: Database;
  readonly keychain: Keychain;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly hashFor?: (ref: SecretRef) => Buffer | null;
  /** Puts something between the vault and its ports. */
  readonly wrap?: (parts: VaultParts) => VaultParts;
}

/** The endpoint that a test's secret is sealed for, unless the test says another. */
export function testHash({ dataSourceId }: SecretRef): Buffer {
  return createHash('sha256').update(dataSourceId).digest();
}

/** A vault over a store that is open, with all that belongs to it, as a start of the app makes it. */
export function startVault({ database, keychain, clock, logger, hashFor, wrap }: StartVaultOptions) {
  const bare: VaultParts = {
    keychain,
    repository: new SqliteVaultRepository(database),
    secrets: new SqliteSecretRepository(database),
  };
  const parts = wrap?.(bare) ?? bare;
  const { repository, secrets } = parts;
  const items = new RootKeyItems({ keychain: parts.keychain, repository, logger });
  const keyRing = new KeyRing({ items, repository, clock });
  const dataSources = dataSourcesIn(database, keyRing);
  const entries = new SqliteAuditRepository(database);
  const audit = new AuditTrail({ repository: entries, signer: keyRing, clock, logger });
  const endpointHashes = { hashFor: hashFor ?? testHash };
  const rows = { signedRows: dataSources, endpointHashes, audit };
  const ports = { keyRing, repository, secrets, ...rows };
  const vault = new VaultManager({ ...ports, passphraseCosts: leastCosts, clock, logger });
  vault.recover();
  return { vault, keyRing, repository, secrets, dataSources, audit, entries };
}

/** A person types the passphrase, and wants what is asked. */
export const withPassphrase = (passphrase: string): Consent => ({ ...noConsentNeeded, passphrase });

/** For long work that nobody watches or stops. */
export const unwatched: LongWork = { signal: neverAborted, onProgress: () => undefined };
