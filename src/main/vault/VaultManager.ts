import type { ModeChoice, RotationReport, VaultStatus } from '../../shared/model/vault.ts';
import type { Audit } from '../audit/Audit.ts';
import { isAppError } from '../base/AppError.ts';
import { neverAborted } from '../base/abort.ts';
import { KeyedSerialQueue } from '../base/async/SerialQueue.ts';
import { SharedWork } from '../base/async/SharedWork.ts';
import type { Clock } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import { type Instrumentation, noInstrumentation } from '../observability/Instrumentation.ts';
import type { Logger } from '../observability/Logger.ts';
import { type Consent, noConsentNeeded } from './Consent.ts';
import { KeyOperations } from './keys/KeyOperations.ts';
import type { KeyRing } from './keys/KeyRing.ts';
import { VaultKeys, type VaultKeysOptions } from './keys/VaultKeys.ts';
import type { LongWork } from './LongWork.ts';
import { OpeningWatch } from './OpeningWatch.ts';
import type { SignedRows } from './SignedRows.ts';
import type { Signer } from './Signer.ts';
import type { EndpointHashes } from './secrets/EndpointHashes.ts';
import { KeptSecrets, SessionSecrets } from './secrets/KeptSecrets.ts';
import {
  refKey,
  type SealedSecret,
  type SecretRef,
  type SecretRepository,
} from './secrets/SecretRepository.ts';
import { type ExpectedRevision, SecretSealer } from './secrets/SecretSealer.ts';
import type { VaultRepository } from './VaultRepository.ts';
import { isKeychainFailure, passphraseNeeded, vaultWasLocked } from './vaultErrors.ts';

/** What the vault knows of itself. */
export type VaultCoreStatus = Omit<VaultStatus, 'rotationDue' | 'appLock' | 'appLocked'>;

export interface VaultManagerOptions {
  readonly keyRing: KeyRing;
  readonly repository: VaultRepository;
  readonly secrets: SecretRepository;
  readonly signedRows: SignedRows;
  readonly endpointHashes: EndpointHashes;
  readonly audit: Audit;
  readonly instrumentation?: Instrumentation | undefined;
  readonly passphraseCosts?: VaultKeysOptions['passphraseCosts'];
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Keeps the secrets of data sources, each sealed by itself for one data source, field and endpoint (`endpointHash` of
 * endpointBinding.ts). Methods that need a key reject with VAULT_UNAVAILABLE, VAULT_LOCKED_OR_MISSING_KEY,
 * VAULT_WRONG_KEY or VAULT_PASSPHRASE_REQUIRED when it cannot be had; those that seal with VAULT_MODE_REQUIRED where
 * nobody has chosen how to keep it and the keychain does not work; those that open with SECRET_TAMPERED. Nothing that
 * does not open is deleted, and no log line or error holds a value.
 *
 * `prepare…` methods only seal: what they answer goes to `keep`, in the same transaction as the data source it belongs
 * to, so that neither is ever saved without the other.
 *
 * Operations on the keys (modes, passphrases, rotation, starting over) exclude each other: a second one is VAULT_BUSY.
 * Secrets are sealed and opened meanwhile. Killed at any moment, an operation has happened or has not. Every change to
 * how the key is kept takes the passphrase there is, with the same growing delay as unlocking: an open vault does not say
 * who sits before it.
 */
export class VaultManager {
  /** After every change. */
  readonly onStatus = new Emitter<VaultCoreStatus>();
  readonly #options: VaultManagerOptions;
  readonly #session = new SessionSecrets();
  readonly #kept: KeptSecrets;
  readonly #keys: VaultKeys;
  readonly #sealer: SecretSealer;
  readonly #opening: OpeningWatch;
  readonly #operations = new KeyOperations();
  readonly #writes = new KeyedSerialQueue();
  readonly #beginning = new SharedWork(() => this.#begin());
  #isTelling = false;

  constructor(options: VaultManagerOptions) {
    this.#options = options;
    this.#kept = new KeptSecrets(options.repository, options.secrets, this.#session);
    this.#keys = new VaultKeys({ ...options, kept: this.#kept, session: this.#session });
    this.#opening = new OpeningWatch({
      ...options,
      onOpened: () => void this.#tidy(),
      onChange: () => this.#tell(),
    });
    this.#sealer = new SecretSealer({
      ...options,
      kept: this.#kept,
      session: this.#session,
      getActiveKey: () => this.#opening.getActiveKey(),
    });
  }

  get signer(): Signer {
    return this.#options.keyRing;
  }

  /** At start: undoes a rotation that did not switch. Asks no keychain. @throws STORE_… */
  recover(): void {
    this.#keys.undoRotation();
  }

  /** Never asks the keychain. */
  status(): VaultCoreStatus {
    const { keyRing, repository } = this.#options;
    const { mode, hasPassphrase } = repository.protection();
    const records = repository.keyVersions();
    const active = records.find(({ state }) => state === 'active');
    const isOpen = mode === 'session' || keyRing.isOpen();
    const isLocked = hasPassphrase && !keyRing.hasPassphraseKey();
    return {
      mode,
      lock: isOpen ? 'open' : isLocked ? 'locked' : 'closed',
      hasPassphrase,
      key: active === undefined ? null : { version: active.version, createdAt: active.createdAt },
      lastRotationAt: repository.lastRotationAt(),
      retiredKeyCount: records.filter(({ state }) => state === 'retired').length,
      secretCount: this.#kept.count(),
      problem: this.#opening.problem,
    };
  }

  /** Makes the first key, in the keychain, where nobody has chosen anything yet. @throws VAULT_MODE_REQUIRED */
  async begin(): Promise<void> {
    if (this.#options.repository.protection().mode !== null) return;
    await this.#beginning.join(neverAborted);
  }

  /** Gets the keys into memory, and makes none; there is nothing to get in mode `session`. @throws VAULT_… */
  async requireKeys(): Promise<void> {
    if (this.#options.repository.protection().mode !== 'session') await this.#opening.getActiveKey();
  }

  /** Tries to get the keys now, and makes none. Never rejects for a key that cannot be had: the status says why. */
  async retry(): Promise<VaultCoreStatus> {
    const { repository, secrets } = this.#options;
    const { mode } = repository.protection();
    const isUnused = mode === null && repository.keyVersions().length === 0 && secrets.count() === 0;
    try {
      if (!isUnused) await this.requireKeys();
      await this.#tidy();
    } catch (error) {
      if (!isAppError(error)) throw error;
    }
    return this.status();
  }

  /** @throws VAULT_PASSPHRASE_WRONG with a growing delay; VAULT_BUSY while another attempt runs; VAULT_… */
  async unlock(passphrase: string): Promise<VaultCoreStatus> {
    await this.#opening.follow(() => this.#options.keyRing.unlock(passphrase));
    return this.status();
  }

  /** Zeroes everything in memory; in mode `session` the secrets are gone with it. What runs on the keys is given up. */
  lock(): void {
    const { keyRing, audit, logger } = this.#options;
    if (keyRing.holdsAnything() || this.#session.count() > 0) audit.record({ operation: 'vault.locked' });
    this.#operations.abort(vaultWasLocked());
    keyRing.lock();
    this.#session.forget();
    this.#opening.keysChanged();
    logger.info('Vault locked');
    this.#tell();
  }

  has(ref: SecretRef): boolean {
    return this.#kept.find(ref) !== null;
  }

  /** Of the stored secret; null without one, and in mode `session`. */
  revisionOf(ref: SecretRef): number | null {
    return this.#options.secrets.find(ref)?.revision ?? null;
  }

  /** Seals and keeps a value in place of the one before. */
  seal(ref: SecretRef, value: string, endpointHash: Buffer): Promise<void> {
    return this.#writes.run(refKey(ref), async () => {
      this.keep(await this.prepareSeal(ref, value, endpointHash));
    });
  }

  /** Seals a value as the next revision of the secret, without keeping it. */
  async prepareSeal(ref: SecretRef, value: string, endpointHash: Buffer): Promise<SealedSecret> {
    const plaintext = Buffer.from(value, 'utf8');
    try {
      await this.begin();
      return await this.#sealer.seal(ref, plaintext, endpointHash);
    } finally {
      plaintext.fill(0);
    }
  }

  /**
   * Seals the stored value for another data source or another endpoint, without keeping it; null when none is stored.
   * For a duplicate, and for an edit that keeps the password.
   * @param expected as for `open`
   */
  async prepareCopy(
    from: SecretRef,
    fromHash: Buffer,
    to: SecretRef,
    toHash: Buffer,
    expected: ExpectedRevision,
  ): Promise<SealedSecret | null> {
    const plaintext = await this.#sealer.open(from, fromHash, expected);
    if (plaintext === null) return null;
    try {
      return await this.#sealer.seal(to, plaintext, toHash);
    } finally {
      plaintext.fill(0);
    }
  }

  /**
   * Keeps what was prepared; joins the transaction that is open.
   * @throws VAULT_BUSY when its key is gone meanwhile: it would never open
   */
  keep(sealed: SealedSecret): void {
    this.#kept.keep(sealed);
    this.#tellSoon();
  }

  /** Joins the transaction that is open. */
  remove(ref: SecretRef): void {
    this.#kept.remove(ref);
    this.#tellSoon();
  }

  /**
   * The value, or null when none is stored. It is a string and so cannot be zeroed: drop it as soon as it is used.
   * @param expected the revision that a stored secret must have: another one was put back from an older file
   */
  async open(ref: SecretRef, endpointHash: Buffer, expected: ExpectedRevision = {}): Promise<string | null> {
    const { instrumentation = noInstrumentation } = this.#options;
    const plaintext = await instrumentation.run({ kind: 'vault', name: 'open' }, () =>
      this.#sealer.open(ref, endpointHash, expected),
    );
    if (plaintext === null) return null;
    try {
      return plaintext.toString('utf8');
    } finally {
      plaintext.fill(0);
    }
  }

  /**
   * Checks the passphrase where there is one, for a change outside of the vault that is its owner's alone.
   * @throws VAULT_PASSPHRASE_REQUIRED for null; VAULT_PASSPHRASE_WRONG with a growing delay; VAULT_BUSY, VAULT_…
   */
  async requireOwner(passphrase: string | null): Promise<void> {
    if (!this.#options.repository.protection().hasPassphrase) return;
    if (passphrase === null) throw passphraseNeeded();
    await this.#opening.follow(() => this.#options.keyRing.unlock(passphrase));
  }

  /**
   * @throws INVALID_INPUT when it is in this mode; SECRET_TAMPERED when a move would lose a secret;
   *   VAULT_PASSPHRASE_WRONG; VAULT_…, CANCELLED
   */
  setMode(choice: ModeChoice, work: LongWork, consent: Consent = noConsentNeeded): Promise<VaultCoreStatus> {
    return this.#operateWith(consent, work, (bound) => this.#keys.setMode(choice, bound));
  }

  /** In mode `keychain`: from then on the keys take both. @throws INVALID_INPUT where that does not fit, VAULT_… */
  addPassphrase(passphrase: string): Promise<VaultCoreStatus> {
    return this.#operate(unwatched, (work) => this.#keys.addPassphrase(passphrase, work));
  }

  /** In mode `keychain`. @throws VAULT_PASSPHRASE_WRONG, INVALID_INPUT where that does not fit, VAULT_… */
  removePassphrase(passphrase: string): Promise<VaultCoreStatus> {
    const consent = { ...noConsentNeeded, passphrase };
    return this.#operateWith(consent, unwatched, (work) => this.#keys.removePassphrase(work));
  }

  /** @throws VAULT_PASSPHRASE_WRONG, INVALID_INPUT where there is none, VAULT_… */
  changePassphrase(current: string, next: string): Promise<VaultCoreStatus> {
    const consent = { ...noConsentNeeded, passphrase: current };
    return this.#operateWith(consent, unwatched, (work) => this.#keys.changePassphrase(next, work));
  }

  /**
   * Destroying the old key takes the passphrase: backups made before can never be opened again.
   * @throws CANCELLED before the switch: then nothing has changed; VAULT_PASSPHRASE_WRONG; VAULT_…
   */
  async rotate(
    { destroyOldKey }: { readonly destroyOldKey: boolean },
    work: LongWork,
    consent: Consent = noConsentNeeded,
  ): Promise<RotationReport> {
    let report: RotationReport | null = null;
    const rotate = async (bound: LongWork) => {
      report = await this.#keys.rotate(destroyOldKey, bound);
    };
    if (destroyOldKey) await this.#operateWith(consent, work, rotate);
    else await this.#operate(work, rotate);
    if (report === null) throw new Error('A rotation that did not fail has a report.');
    return report;
  }

  /**
   * Forgets every key and secret. It is also the way out for a person who has forgotten the passphrase: a vault that is
   * locked does not take it.
   * @throws VAULT_PASSPHRASE_WRONG, CANCELLED, STORE_…
   */
  async startOver(signal: AbortSignal, consent: Consent = noConsentNeeded): Promise<void> {
    const startOver = async () => {
      this.#keys.startOver();
      this.#options.keyRing.lock();
    };
    await this.#operateWith(consent, { ...unwatched, signal }, startOver, this.status().lock === 'locked');
  }

  async #begin(): Promise<void> {
    await this.#operations.idle();
    if (this.#options.repository.protection().mode !== null) return;
    await this.#operate(unwatched, (work) => this.#keys.makeFirst(work));
  }

  /** Runs the one operation on the keys, and tidies up after it however it ended. */
  async #operate(work: LongWork, operation: (work: LongWork) => Promise<void>): Promise<VaultCoreStatus> {
    await this.#operations.run(work.signal, async (signal) => {
      try {
        this.#keys.undoRotation();
        await operation({ signal, onProgress: (step) => work.onProgress(step) });
        this.#opening.keysChanged();
      } catch (error) {
        // A keychain that has just failed is not asked again: nobody should wait for it twice.
        if (!isKeychainFailure(error)) await this.#options.keyRing.items.sweep();
        throw error;
      }
      await this.#options.keyRing.items.sweep();
    });
    this.#tell();
    return this.status();
  }

  /** The same with an operation that takes the passphrase where there is one, unless that is lost. */
  #operateWith(
    { passphrase, confirm }: Consent,
    work: LongWork,
    operation: (work: LongWork) => Promise<void>,
    isPassphraseLost = false,
  ): Promise<VaultCoreStatus> {
    return this.#operate(work, async (bound) => {
      if (passphrase !== null || !isPassphraseLost) await this.requireOwner(passphrase);
      await confirm(bound.signal);
      await operation(bound);
    });
  }

  /** Deletes what is not needed any more; not while an operation writes what it does not use yet. */
  async #tidy(): Promise<void> {
    if (this.#operations.isRunning) return;
    this.#keys.destroyExpired();
    await this.#options.keyRing.items.sweep();
  }

  #tell(): void {
    this.onStatus.emit(this.status());
  }

  #tellQuietly(): void {
    try {
      this.#tell();
    } catch (error) {
      this.#options.logger.warn('The state of the vault could not be read', {}, error);
    }
  }

  /** When the transaction that is open has ended, and once for all of its changes. */
  #tellSoon(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      this.#tellQuietly();
    });
  }
}

/** For operations that nobody watches. */
const unwatched: LongWork = { signal: neverAborted, onProgress: () => undefined };
