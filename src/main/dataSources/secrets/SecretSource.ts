import type { DataSource, Draft, SecretFieldName } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { Audit } from '../../audit/Audit.ts';
import type { SecretRef } from '../../vault/secrets/SecretRepository.ts';
import type { VaultManager } from '../../vault/VaultManager.ts';
import type { DataSourceRepository } from '../DataSourceRepository.ts';
import { endpointHash } from './endpointBinding.ts';
import type { ObtainedSecrets } from './ObtainedSecrets.ts';
import type { SecretRelease } from './SecretRelease.ts';
import type { SourceVerifier } from './SourceVerifier.ts';
import { secretFieldsOf } from './secretRefs.ts';
import { dataSourceGone, requireUnchanged } from './sourceIntegrity.ts';
import type { TypedSecrets } from './TypedSecrets.ts';

export interface SecretSourceOptions {
  readonly repository: Pick<DataSourceRepository, 'inspect'>;
  readonly vault: VaultManager;
  readonly release: SecretRelease;
  readonly verifier: SourceVerifier;
  readonly typed: TypedSecrets;
  readonly obtained: Pick<ObtainedSecrets, 'resolve'>;
  readonly audit: Audit;
}

/** The secrets of a draft, opened before anything is sent; by field. */
export type OpenedSecrets = ReadonlyMap<SecretFieldName, string>;

/** Answers which secrets belong to a draft or a data source. */
export class SecretSource {
  readonly #options: SecretSourceOptions;

  constructor(options: SecretSourceOptions) {
    this.#options = options;
  }

  /**
   * The secret that was typed to connect, else the stored one, else null. A typed one asks nothing of vault and keychain.
   * To be dropped as soon as it is used.
   * @throws DATA_SOURCE_CHANGED, SECRET_TAMPERED, VAULT_…
   */
  async ofDataSource(dataSource: DataSource, field: SecretFieldName): Promise<string | null> {
    return this.typedFor(dataSource, field) ?? this.stored(dataSource, field);
  }

  /** The secret that was typed to connect, else null. */
  typedFor(dataSource: DataSource, field: SecretFieldName): string | null {
    return this.#options.typed.get({ dataSourceId: dataSource.id, field }, dataSource);
  }

  /**
   * A server has replaced a secret that was typed to connect: the new one takes its place.
   * @returns false when it was not typed, so that it has to be saved
   */
  replaceTyped(dataSource: DataSource, field: SecretFieldName, value: string): boolean {
    const { typed } = this.#options;
    if (!typed.has({ dataSourceId: dataSource.id, field })) return false;
    typed.set(dataSource.id, dataSource, { field, value });
    return true;
  }

  /**
   * The stored secret, or null.
   * @throws DATA_SOURCE_CHANGED, SECRET_TAMPERED, VAULT_…
   */
  async stored(dataSource: DataSource, field: SecretFieldName): Promise<string | null> {
    const { id } = dataSource;
    const ref = { dataSourceId: id, field };
    const revision = this.#inspect(id)?.secretRevisions[field] ?? 0;
    const value = await this.#options.vault.open(ref, endpointHash(dataSource), { revision });
    return this.#used(id, value);
  }

  /**
   * Those just typed, and the stored ones, which go to another endpoint only if a person allows it. Nothing is sent by
   * it to an address that cannot be trusted.
   * @throws PASSWORD_REQUIRED, ADDRESS_UNCONFIRMED, QUESTION_OPEN, NOT_FOUND, DATA_SOURCE_CHANGED, SECRET_TAMPERED,
   *   VAULT_…
   */
  async ofDraft(draft: Draft, signal: AbortSignal): Promise<OpenedSecrets> {
    const { id, fields, secrets } = this.#options.obtained.resolve(draft);
    const opened = new Map<SecretFieldName, string>();
    let isProven = id === null;
    for (const field of secretFieldsOf(fields)) {
      const secret = secrets[field];
      if (secret?.type === 'typed') opened.set(field, secret.value);
      if (id === null || secret?.type !== 'stored') continue;
      const value = await this.#release({ dataSourceId: id, field }, fields, signal);
      if (value === null) continue;
      opened.set(field, value);
      // A secret that opens proves the endpoint it was sealed for; without one nothing is proven.
      isProven = true;
    }
    if (id !== null && !isProven) await this.#options.verifier.confirmDraft(id, fields, signal);
    return opened;
  }

  async #release(ref: SecretRef, fields: Draft['fields'], signal: AbortSignal): Promise<string | null> {
    const saved = this.#inspect(ref.dataSourceId);
    if (saved === null) throw dataSourceGone();
    const value = await this.#options.release.open(ref, saved, fields, signal);
    return value === null ? null : this.#used(ref.dataSourceId, value);
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
