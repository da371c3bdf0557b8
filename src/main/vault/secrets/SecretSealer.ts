import type { Audit } from '../../audit/Audit.ts';
import { isAppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { KeyRing } from '../keys/KeyRing.ts';
import type { VaultRepository } from '../VaultRepository.ts';
import { secretTampered } from '../vaultErrors.ts';
import type { SealingKey } from './envelope.ts';
import type { KeptSecrets, SessionSecrets } from './KeptSecrets.ts';
import { refKey, type SealedSecret, type SecretRef } from './SecretRepository.ts';
import { impossibleRow, nextRevision, openSecret, sealSecret } from './sealedSecrets.ts';

/** The revision that a stored secret must have, where it is known. */
export interface ExpectedRevision {
  readonly revision?: number;
}

export interface SecretSealerOptions {
  readonly keyRing: KeyRing;
  readonly kept: KeptSecrets;
  readonly session: SessionSecrets;
  readonly repository: VaultRepository;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Gets the active key into memory. @throws VAULT_… */
  readonly getActiveKey: () => Promise<void>;
}

/** Seals and opens secrets with the keys of the mode the vault is in. */
export class SecretSealer {
  readonly #options: SecretSealerOptions;
  /** Secrets whose failure is in the audit trail of this run already. */
  readonly #notOpened = new Set<string>();

  constructor(options: SecretSealerOptions) {
    this.#options = options;
  }

  /** As the next revision of the secret. The plaintext stays the caller's. @throws VAULT_… */
  async seal(ref: SecretRef, plaintext: Buffer, endpointHash: Buffer): Promise<SealedSecret> {
    const { keyRing, kept, repository, session, clock, logger, getActiveKey } = this.#options;
    const startedMs = clock.monotonicMs();
    const place = { vaultId: repository.vaultId(), endpointHash };
    const sealWith = (key: SealingKey) =>
      sealSecret(key, place, { ...ref, revision: nextRevision(kept.find(ref)) }, plaintext);
    if (!kept.isSession()) await getActiveKey();
    const sealed = kept.isSession() ? sealWith(session.key()) : await keyRing.withActiveKey(sealWith);
    const durationMs = Math.round(clock.monotonicMs() - startedMs);
    logger.info('Secret sealed', { ...logged(ref), keyVersion: sealed.keyVersion, durationMs });
    // What comes in its place, if it is kept, has not failed yet.
    this.#notOpened.delete(refKey(ref));
    return sealed;
  }

  /** The plaintext, to be zeroed by the caller; null when none is kept. @throws SECRET_TAMPERED, VAULT_… */
  async open(ref: SecretRef, endpointHash: Buffer, expected: ExpectedRevision): Promise<Buffer | null> {
    const { kept, clock, logger } = this.#options;
    const sealed = kept.find(ref);
    if (sealed === null) return null;
    const startedMs = clock.monotonicMs();
    try {
      const plaintext = await this.#open(sealed, endpointHash, expected);
      const durationMs = clock.monotonicMs() - startedMs;
      logger.debug('Secret opened', { ...logged(ref), keyVersion: sealed.keyVersion, durationMs });
      return plaintext;
    } catch (error) {
      logger.warn('A secret could not be opened', logged(ref), error);
      this.#recordNotOpened(ref, error);
      throw error;
    }
  }

  async #open(
    sealed: SealedSecret,
    endpointHash: Buffer,
    { revision = sealed.revision }: ExpectedRevision,
  ): Promise<Buffer> {
    const { keyRing, kept, repository, session, getActiveKey } = this.#options;
    const place = { vaultId: repository.vaultId(), endpointHash };
    if (kept.isSession()) return openSecret(session.key(), place, sealed);
    if (revision !== sealed.revision) {
      throw secretTampered(sealed.field, 'It was replaced with a value other than the one last saved.');
    }
    if (keyRing.isForeign(sealed.keyVersion)) throw impossibleRow(sealed.field);
    const activeVersion = keyRing.activeVersion();
    if (activeVersion === null || activeVersion === sealed.keyVersion) await getActiveKey();
    return keyRing.withKey(sealed.keyVersion, (key) => openSecret(key, place, sealed));
  }

  /** One failure of a secret is one entry, however often it is tried. */
  #recordNotOpened(ref: SecretRef, error: unknown): void {
    if (!isAppError(error) || error.code !== 'SECRET_TAMPERED' || this.#notOpened.has(refKey(ref))) return;
    this.#notOpened.add(refKey(ref));
    const { dataSourceId: subject } = ref;
    this.#options.audit.record({ operation: 'secret.not-opened', subject, outcome: error.code });
  }
}

function logged({ dataSourceId, field }: SecretRef) {
  return { dataSourceId, field };
}
