import type { ModeChoice, RotationReport } from '../../../shared/model/vault.ts';
import type { Audit } from '../../audit/Audit.ts';
import { isAppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { LongWork } from '../LongWork.ts';
import type { SignedRows } from '../SignedRows.ts';
import type { EndpointHashes } from '../secrets/EndpointHashes.ts';
import type { KeptSecrets, SessionSecrets } from '../secrets/KeptSecrets.ts';
import type { SecretRepository } from '../secrets/SecretRepository.ts';
import { SecretWalk } from '../secrets/SecretWalk.ts';
import type { Protection, VaultRepository } from '../VaultRepository.ts';
import { modeRequired, notInThisMode } from '../vaultErrors.ts';
import { KeyMoves } from './KeyMoves.ts';
import type { KeyRing } from './KeyRing.ts';
import { KeyRotation } from './KeyRotation.ts';
import { NewKeys } from './NewKeys.ts';
import { type Argon2Costs, newPassphraseKey, usualCosts } from './passphraseKey.ts';
import type { KeyProtection } from './RootKeyItems.ts';
import { SessionMoves } from './SessionMoves.ts';

export interface VaultKeysOptions {
  readonly keyRing: KeyRing;
  readonly kept: KeptSecrets;
  readonly session: SessionSecrets;
  readonly repository: VaultRepository;
  readonly secrets: SecretRepository;
  readonly signedRows: SignedRows;
  readonly endpointHashes: EndpointHashes;
  readonly audit: Audit;
  /** Of new passphrases; default: the usual ones. Tests that make many take the least. */
  readonly passphraseCosts?: Argon2Costs | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What can be done with the keys of a vault. One of these runs at a time; the caller sees to that. */
export class VaultKeys {
  readonly #keyRing: KeyRing;
  readonly #repository: VaultRepository;
  readonly #moves: KeyMoves;
  readonly #passphraseCosts: Argon2Costs;
  readonly #sessionMoves: SessionMoves;
  readonly #rotation: KeyRotation;

  constructor(options: VaultKeysOptions) {
    this.#passphraseCosts = options.passphraseCosts ?? usualCosts;
    this.#keyRing = options.keyRing;
    this.#repository = options.repository;
    const newKeys = new NewKeys(options);
    const walk = new SecretWalk(options);
    this.#moves = new KeyMoves(options);
    this.#sessionMoves = new SessionMoves({ ...options, newKeys, walk, keyMoves: this.#moves });
    this.#rotation = new KeyRotation({ ...options, newKeys, walk });
  }

  /** The first key, where it is kept when nobody says otherwise. @throws VAULT_MODE_REQUIRED when that is not possible */
  async makeFirst(work: LongWork): Promise<void> {
    try {
      await this.#sessionMoves.toKeys('keychain', { home: 'keychain', passphraseKey: null }, false, work);
    } catch (error) {
      if (isAppError(error) && error.code === 'VAULT_UNAVAILABLE') throw modeRequired(error);
      throw error;
    }
  }

  async setMode(choice: ModeChoice, work: LongWork): Promise<void> {
    const { mode } = this.#repository.protection();
    if (choice.mode === mode) throw notInThisMode('Your passwords are already stored this way.');
    if (choice.mode === 'session') return this.#sessionMoves.toSession(work);
    const move = async (protection: KeyProtection) => {
      if (mode === null || mode === 'session') {
        return this.#sessionMoves.toKeys(choice.mode, protection, true, work);
      }
      const next = { mode: choice.mode, hasPassphrase: protection.passphraseKey !== null };
      const details = { from: mode, to: choice.mode };
      return this.#moves.rewrap(protection, next, { operation: 'vault.mode-changed', details }, work);
    };
    if (choice.mode === 'keychain') return move({ home: 'keychain', passphraseKey: null });
    return this.#withPassphrase('file', choice.passphrase, move);
  }

  addPassphrase(passphrase: string, work: LongWork): Promise<void> {
    const { mode, hasPassphrase } = this.#repository.protection();
    if (mode !== 'keychain' || hasPassphrase) {
      throw notInThisMode('A passphrase can be added only to a key that is in the keychain and has none.');
    }
    const add = (protection: KeyProtection) =>
      this.#rewrap(protection, { mode, hasPassphrase: true }, 'added', work);
    return this.#withPassphrase('keychain', passphrase, add);
  }

  async removePassphrase(work: LongWork): Promise<void> {
    const { mode, hasPassphrase } = this.#repository.protection();
    if (mode !== 'keychain' || !hasPassphrase) {
      throw notInThisMode(
        'The passphrase can be removed only from a key that is in the keychain and has one.',
      );
    }
    const protection: KeyProtection = { home: 'keychain', passphraseKey: null };
    await this.#rewrap(protection, { mode, hasPassphrase: false }, 'removed', work);
  }

  async changePassphrase(next: string, work: LongWork): Promise<void> {
    const before = this.#repository.protection();
    if (!before.hasPassphrase) throw notInThisMode('No passphrase is set.');
    const { home } = this.#keyRing.protection();
    await this.#withPassphrase(home, next, (protection) => this.#rewrap(protection, before, 'changed', work));
  }

  /** @throws CANCELLED before the switch: then nothing has changed; VAULT_… */
  rotate(destroyOldKey: boolean, work: LongWork): Promise<RotationReport> {
    return this.#rotation.rotate(destroyOldKey, work);
  }

  undoRotation(): void {
    this.#rotation.undo();
  }

  destroyExpired(): void {
    this.#rotation.destroyRetired(false);
  }

  startOver(): void {
    this.#moves.startOver();
  }

  #rewrap(
    protection: KeyProtection,
    next: Protection,
    change: 'added' | 'removed' | 'changed',
    work: LongWork,
  ): Promise<void> {
    const record = { operation: 'vault.passphrase-changed', details: { change } } as const;
    return this.#moves.rewrap(protection, next, record, work);
  }

  /** Runs `work` with a fresh key made from a passphrase, which is zeroed when the work fails. */
  async #withPassphrase(
    home: KeyProtection['home'],
    passphrase: string,
    work: (protection: KeyProtection) => Promise<void>,
  ): Promise<void> {
    const passphraseKey = await newPassphraseKey(passphrase, this.#passphraseCosts);
    try {
      await work({ home, passphraseKey });
    } catch (error) {
      passphraseKey.bytes.fill(0);
      throw error;
    }
  }
}
