import type { DataSource, DataSourceFields, Draft } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { Audit } from '../../audit/Audit.ts';
import { isAppError } from '../../base/AppError.ts';
import { cleanText } from '../../base/cleanText.ts';
import type { Ask } from '../../base/Question.ts';
import type { VaultManager } from '../../vault/VaultManager.ts';
import type { DataSourceRepository, InspectedDataSource } from '../DataSourceRepository.ts';
import { endpointHash } from './endpointBinding.ts';
import { endpointText } from './endpointText.ts';
import { secretRefsOf } from './secretRefs.ts';
import { addressUnconfirmed, dataSourceGone, requireUnchanged } from './sourceIntegrity.ts';
import type { TypedSecrets } from './TypedSecrets.ts';

export interface SourceVerifierOptions {
  readonly repository: Pick<DataSourceRepository, 'inspect'>;
  readonly vault: VaultManager;
  readonly typed: TypedSecrets;
  readonly ask: Ask;
  readonly audit: Audit;
}

/** A saved data source as it was found, and why the keys that would tell more could not be had. */
interface Finding {
  readonly found: InspectedDataSource;
  readonly isTrusted: boolean;
  readonly keyProblem: unknown;
}

/**
 * Lets nothing connect to a saved data source before Mooring knows that nobody edited it in the file. It is trusted when
 * its signature is right. Where no key can tell (the vault is locked, the keychain does not answer, it was never signed)
 * a person confirms the address.
 *
 * What was trusted once is trusted, byte by byte, until the app ends: locking the vault must not stop reconnecting.
 */
export class SourceVerifier {
  readonly #options: SourceVerifierOptions;
  /** By data source: digests of its row, and hashes of endpoints of drafts, that are trusted. */
  readonly #trusted = new Map<DataSourceId, Set<string>>();

  constructor(options: SourceVerifierOptions) {
    this.#options = options;
  }

  /**
   * The saved data source, trusted: what connects takes the address from this answer and not from an earlier reading.
   * Gets the keys if they are needed; asks nobody.
   * @throws NOT_FOUND, DATA_SOURCE_CHANGED, ADDRESS_UNCONFIRMED, VAULT_… when its secrets could not be opened either
   */
  async verified(id: DataSourceId): Promise<DataSource> {
    const { found, isTrusted, keyProblem } = await this.#find(id);
    const { dataSource } = found;
    const { vault, typed, audit } = this.#options;
    requireUnchanged(found, audit);
    if (isTrusted || isOwnAddress(dataSource)) return dataSource;
    const awaitsKeys = secretRefsOf(dataSource).some((ref) => vault.has(ref) && !typed.has(ref));
    if (keyProblem !== null && awaitsKeys) throw keyProblem;
    throw addressUnconfirmed(dataSource, found.integrity);
  }

  /**
   * Asks the person to confirm the address where no key can tell whether it is right. Asks nothing where `verified` is
   * going to throw, nor where a stored secret takes the keys anyway.
   * @throws NOT_FOUND, ADDRESS_UNCONFIRMED when the person refuses, QUESTION_OPEN
   */
  async confirm(id: DataSourceId, secrets: 'stored' | 'typed', signal: AbortSignal): Promise<void> {
    const saved = this.#inspect(id);
    const isStored = secretRefsOf(saved.dataSource).some((ref) => this.#options.vault.has(ref));
    if (secrets === 'stored' && isStored && saved.integrity === 'unchecked') return;
    const { found, isTrusted } = await this.#find(id);
    const { dataSource, digest, integrity } = found;
    if (isTrusted || isOwnAddress(dataSource) || integrity === 'changed') return;
    await this.#ask(found, dataSource, digest, signal);
  }

  /**
   * Lets an edited data source be tested without its stored secrets: as `confirm`, for the address in the draft.
   * @throws NOT_FOUND, DATA_SOURCE_CHANGED, ADDRESS_UNCONFIRMED, QUESTION_OPEN
   */
  async confirmDraft(id: DataSourceId, fields: Draft['fields'], signal: AbortSignal): Promise<void> {
    const { found, isTrusted } = await this.#find(id);
    requireUnchanged(found, this.#options.audit);
    if (isTrusted) return;
    const hash = endpointHash(fields);
    const isAsSaved = endpointHash(found.dataSource).equals(hash);
    const key = isAsSaved ? found.digest : hash.toString('hex');
    if (!this.#isTrusted(id, key)) await this.#ask(found, fields, key, signal);
  }

  /** Whether it is known, without asking for keys, that nobody edited it. */
  isTrusted(id: DataSourceId): boolean {
    const found = this.#options.repository.inspect(id);
    if (found === null || found.integrity === 'changed') return false;
    return found.integrity === 'intact' || this.#isTrusted(id, found.digest);
  }

  /** Mooring itself has just written it, from something that was trusted. */
  trust(id: DataSourceId): void {
    const found = this.#options.repository.inspect(id);
    if (found !== null) this.#trust(id, found.digest);
  }

  async #find(id: DataSourceId): Promise<Finding> {
    let found = this.#inspect(id);
    let keyProblem: unknown = null;
    if (found.integrity === 'unchecked' && !this.#isTrusted(id, found.digest)) {
      keyProblem = await this.#getKeys();
      found = this.#inspect(id);
    }
    if (found.integrity === 'intact') this.#trust(id, found.digest);
    return { found, isTrusted: this.#isTrusted(id, found.digest), keyProblem };
  }

  /** @returns why they cannot be had; null when they can */
  async #getKeys(): Promise<unknown> {
    try {
      await this.#options.vault.requireKeys();
      return null;
    } catch (error) {
      if (isAppError(error)) return error;
      throw error;
    }
  }

  #inspect(id: DataSourceId): InspectedDataSource {
    const found = this.#options.repository.inspect(id);
    if (found === null) throw dataSourceGone();
    return found;
  }

  async #ask(
    found: InspectedDataSource,
    fields: DataSourceFields,
    key: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { ask, audit } = this.#options;
    const { id, name } = found.dataSource;
    const why =
      found.integrity === 'unsigned'
        ? 'It has no signature: it was saved while no key was available, or someone removed the signature.'
        : 'The key that signs data sources is not available at the moment.';
    const isConfirmed = await ask(
      {
        question: `Is this the right address for “${cleanText(name, 128)}”?`,
        detail: `Mooring cannot verify that the data source was not changed outside Mooring. ${why} Connect only if everything below is correct.\n\n${endpointText(fields)}`,
        confirmLabel: 'Connect',
      },
      signal,
    );
    if (!isConfirmed) throw addressUnconfirmed(fields, found.integrity);
    this.#trust(id, key);
    audit.record({ operation: 'data-source.address-confirmed', subject: id });
  }

  #isTrusted(id: DataSourceId, key: string): boolean {
    return this.#trusted.get(id)?.has(key) ?? false;
  }

  #trust(id: DataSourceId, key: string): void {
    const trusted = this.#trusted.get(id) ?? new Set();
    this.#trusted.set(id, trusted.add(key));
  }
}

/** The address of the demo database is Mooring's own: only a signature that is wrong speaks against it. */
const isOwnAddress = ({ origin }: DataSourceFields): boolean => origin === 'demo';
