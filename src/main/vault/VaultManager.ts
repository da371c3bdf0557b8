import type { VaultMode } from '../../shared/model/appInfo.ts';
import { isAppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import { largestUint32, lengthPrefixed } from './canonicalBytes.ts';
import { type EnvelopeBinding, openEnvelope, sealEnvelope } from './envelope.ts';
import type { KeyRing } from './KeyRing.ts';
import type { SealedSecret, SecretRef, SecretRepository } from './SecretRepository.ts';
import { secretTampered } from './vaultErrors.ts';
import { WriteQueue } from './WriteQueue.ts';

/** How secrets are protected at this moment; `detail` is for people. */
export interface VaultStatus {
  readonly mode: VaultMode;
  readonly detail: string | null;
}

export interface VaultManagerOptions {
  readonly keyRing: KeyRing;
  readonly secrets: SecretRepository;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Keeps the secrets of data sources, each sealed by itself for one data source, field and endpoint (`endpointHash` of
 * endpointBinding.ts). Methods that need a key reject with VAULT_UNAVAILABLE, VAULT_LOCKED_OR_MISSING_KEY or
 * VAULT_WRONG_KEY when the keychain does not give it; those that open also with SECRET_TAMPERED. Nothing that does not
 * open is deleted, and no log line or error holds a value.
 *
 * `prepare…` methods only seal: what they answer is put into the SecretRepository by the caller, in the same
 * transaction as the data source it belongs to, so that neither is ever saved without the other.
 */
export class VaultManager {
  readonly #keyRing: KeyRing;
  readonly #secrets: SecretRepository;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #writes = new WriteQueue();

  constructor(options: VaultManagerOptions) {
    this.#keyRing = options.keyRing;
    this.#secrets = options.secrets;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /** Asks the keychain. Never rejects for a keychain that does not work, and makes no key. */
  async status(): Promise<VaultStatus> {
    try {
      await this.#keyRing.probe();
      return { mode: 'keychain', detail: null };
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.#logger.warn('The vault is not available', { code: error.code }, error);
      return { mode: 'unavailable', detail: `${error.message}. ${error.detail}` };
    }
  }

  has(ref: SecretRef): boolean {
    return this.#secrets.find(ref) !== null;
  }

  /** Seals and keeps a value in place of the one before. */
  seal(ref: SecretRef, value: string, endpointHash: Buffer): Promise<void> {
    return this.#writes.run(queueKey(ref), async () => {
      this.#secrets.put(await this.prepareSeal(ref, value, endpointHash));
    });
  }

  /** Seals a value as the next revision of the secret, without keeping it. */
  async prepareSeal(ref: SecretRef, value: string, endpointHash: Buffer): Promise<SealedSecret> {
    const plaintext = Buffer.from(value, 'utf8');
    try {
      return await this.#seal(ref, plaintext, endpointHash);
    } finally {
      plaintext.fill(0);
    }
  }

  /** The value, or null when none is stored. It is a string and so cannot be zeroed: drop it as soon as it is used. */
  async open(ref: SecretRef, endpointHash: Buffer): Promise<string | null> {
    const plaintext = await this.#open(ref, endpointHash);
    if (plaintext === null) return null;
    try {
      return plaintext.toString('utf8');
    } finally {
      plaintext.fill(0);
    }
  }

  /**
   * Seals the stored value for another data source or another endpoint, without keeping it; null when none is stored.
   * For a duplicate, and for an edit that keeps the password.
   */
  async prepareCopy(
    from: SecretRef,
    fromHash: Buffer,
    to: SecretRef,
    toHash: Buffer,
  ): Promise<SealedSecret | null> {
    const plaintext = await this.#open(from, fromHash);
    if (plaintext === null) return null;
    try {
      return await this.#seal(to, plaintext, toHash);
    } finally {
      plaintext.fill(0);
    }
  }

  /** Zeroes the keys in memory; the next use asks the keychain again. */
  lock(): void {
    this.#keyRing.lock();
    this.#logger.info('Vault locked');
  }

  async #seal(ref: SecretRef, plaintext: Buffer, endpointHash: Buffer): Promise<SealedSecret> {
    const startedMs = this.#clock.monotonicMs();
    const sealed = await this.#keyRing.withActiveKey((key) => {
      const revision = nextRevision(this.#secrets.find(ref));
      const envelope = sealEnvelope(key, this.#binding(ref, revision, endpointHash), plaintext);
      return {
        dataSourceId: ref.dataSourceId,
        field: ref.field,
        envelope,
        keyVersion: key.version,
        revision,
      };
    });
    this.#logger.info('Secret sealed', {
      ...logged(ref),
      keyVersion: sealed.keyVersion,
      durationMs: this.#clock.monotonicMs() - startedMs,
    });
    return sealed;
  }

  async #open(ref: SecretRef, endpointHash: Buffer): Promise<Buffer | null> {
    const sealed = this.#secrets.find(ref);
    if (sealed === null) return null;
    const startedMs = this.#clock.monotonicMs();
    try {
      const plaintext = await this.#openSealed(sealed, endpointHash);
      const durationMs = this.#clock.monotonicMs() - startedMs;
      this.#logger.debug('Secret opened', { ...logged(ref), keyVersion: sealed.keyVersion, durationMs });
      return plaintext;
    } catch (error) {
      this.#logger.warn('A secret could not be opened', logged(ref), error);
      throw error;
    }
  }

  #openSealed(sealed: SealedSecret, endpointHash: Buffer): Promise<Buffer> {
    if (!isRevision(sealed.revision) || this.#keyRing.isForeign(sealed.keyVersion)) {
      throw secretTampered(sealed.field, 'Its row in the data file has impossible values.');
    }
    const binding = this.#binding(sealed, sealed.revision, endpointHash);
    return this.#keyRing.withKey(sealed.keyVersion, (key) => openEnvelope(key, binding, sealed.envelope));
  }

  #binding(ref: SecretRef, revision: number, endpointHash: Buffer): EnvelopeBinding {
    const { dataSourceId, field } = ref;
    return { vaultId: this.#secrets.vaultId(), dataSourceId, field, revision, endpointHash };
  }
}

function isRevision(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= largestUint32;
}

/** Starts anew after a revision that only an edited row can have. */
function nextRevision(previous: SealedSecret | null): number {
  const next = (previous?.revision ?? 0) + 1;
  return isRevision(next) ? next : 1;
}

function queueKey(ref: SecretRef): string {
  return lengthPrefixed([ref.dataSourceId, ref.field]).toString('latin1');
}

function logged(ref: SecretRef) {
  return { dataSourceId: ref.dataSourceId, field: ref.field };
}
