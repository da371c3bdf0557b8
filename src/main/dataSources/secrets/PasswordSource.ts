import type { DataSource, Draft } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { Audit } from '../../audit/Audit.ts';
import { endpointHash } from '../../vault/secrets/endpointBinding.ts';
import type { VaultManager } from '../../vault/VaultManager.ts';
import type { DataSourceRepository } from '../DataSourceRepository.ts';
import { passwordRef } from './passwordRef.ts';
import type { SecretRelease } from './SecretRelease.ts';
import type { SourceVerifier } from './SourceVerifier.ts';
import { dataSourceGone, requireUnchanged } from './sourceIntegrity.ts';
import type { TypedPasswords } from './TypedPasswords.ts';

export interface PasswordSourceOptions {
  readonly repository: Pick<DataSourceRepository, 'inspect'>;
  readonly vault: VaultManager;
  readonly release: SecretRelease;
  readonly verifier: SourceVerifier;
  readonly typed: TypedPasswords;
  readonly audit: Audit;
}

/** Answers which password belongs to a draft or a data source. */
export class PasswordSource {
  readonly #options: PasswordSourceOptions;

  constructor(options: PasswordSourceOptions) {
    this.#options = options;
  }

  /**
   * The password that was typed to connect, else the stored one, else null. A typed one asks nothing of vault and
   * keychain. To be dropped as soon as it is used.
   * @throws DATA_SOURCE_CHANGED, SECRET_TAMPERED, VAULT_…
   */
  async ofDataSource(dataSource: DataSource): Promise<string | null> {
    return this.#options.typed.get(dataSource.id, dataSource) ?? this.stored(dataSource);
  }

  /**
   * The stored password, or null.
   * @throws DATA_SOURCE_CHANGED, SECRET_TAMPERED, VAULT_…
   */
  async stored(dataSource: DataSource): Promise<string | null> {
    const { id } = dataSource;
    const ref = passwordRef(id);
    const revision = this.#inspect(id)?.secretRevisions[ref.field] ?? 0;
    const value = await this.#options.vault.open(ref, endpointHash(dataSource), { revision });
    return this.#used(id, value);
  }

  /**
   * The password just typed, or the stored one, which goes to another endpoint only if a person allows it. Nothing is
   * sent by it to an address that cannot be trusted.
   * @throws PASSWORD_REQUIRED, ADDRESS_UNCONFIRMED, QUESTION_OPEN, NOT_FOUND, DATA_SOURCE_CHANGED, SECRET_TAMPERED,
   *   VAULT_…
   */
  async ofDraft({ id, fields, password }: Draft, signal: AbortSignal): Promise<string | null> {
    const { release, verifier } = this.#options;
    if (id !== null && password.type === 'stored') {
      const saved = this.#inspect(id);
      if (saved === null) throw dataSourceGone();
      const value = await release.open(passwordRef(id), saved, fields, signal);
      // A secret that opens proves the endpoint it was sealed for; without one nothing is proven.
      if (value !== null) return this.#used(id, value);
    }
    if (id !== null) await verifier.confirmDraft(id, fields, signal);
    return password.type === 'typed' ? password.value : null;
  }

  /** Opening has brought the key with which the data source itself can be checked. */
  #used(id: DataSourceId, value: string | null): string | null {
    const { audit } = this.#options;
    const found = this.#inspect(id);
    if (found !== null) requireUnchanged(found, audit);
    if (value !== null) audit.record({ operation: 'secret.used', subject: id });
    return value;
  }

  #inspect(id: DataSourceId) {
    return this.#options.repository.inspect(id);
  }
}
