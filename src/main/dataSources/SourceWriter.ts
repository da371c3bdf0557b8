import { randomUUID } from 'node:crypto';
import { inDatabase } from '../../shared/engines/engines.ts';
import type {
  DataSource,
  DataSourceFields,
  Draft,
  SecretFieldName,
  SecretInput,
} from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Clock } from '../base/Clock.ts';
import { cleanText } from '../base/cleanText.ts';
import type { SealedSecret, SecretRef } from '../vault/secrets/SecretRepository.ts';
import type { VaultManager } from '../vault/VaultManager.ts';
import type { DataSourceRepository, InspectedDataSource, SecretRevisions } from './DataSourceRepository.ts';
import { freeName } from './freeName.ts';
import { endpointHash } from './secrets/endpointBinding.ts';
import type { SecretRelease } from './secrets/SecretRelease.ts';
import type { SourceVerifier } from './secrets/SourceVerifier.ts';
import { secretRefsOf } from './secrets/secretRefs.ts';
import { dataSourceGone, requireUnchanged } from './secrets/sourceIntegrity.ts';
import type { Names } from './TakenNames.ts';

/** A secret as it will be kept: sealed anew, as it is stored already, or not at all. */
export type PreparedSecret = SealedSecret | 'kept' | null;

/** A data source that is ready to be kept, with its secrets sealed for it. */
export interface PreparedSource {
  readonly dataSource: DataSource;
  /** By secret field; those of an engine that it was of before are there too. */
  readonly secrets: ReadonlyMap<SecretFieldName, PreparedSecret>;
  readonly isNew: boolean;
  /** What it replaces was not known to be changed outside: if that shows before it is signed, a person must see it first. */
  readonly mustBeUnchanged: boolean;
}

export interface SourceWriterOptions {
  readonly repository: DataSourceRepository;
  readonly vault: VaultManager;
  readonly release: SecretRelease;
  readonly verifier: SourceVerifier;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** Keeps data sources together with their secrets, both or neither: sealing takes time, keeping is one transaction. */
export class SourceWriter {
  readonly #options: SourceWriterOptions;

  constructor(options: SourceWriterOptions) {
    this.#options = options;
  }

  /** @throws NOT_FOUND also for one that was removed and could be restored */
  inspectListed(id: DataSourceId): InspectedDataSource {
    const { repository } = this.#options;
    const found = repository.isListed(id) ? repository.inspect(id) : null;
    if (found === null) throw dataSourceGone();
    return found;
  }

  /** @throws NOT_FOUND, PASSWORD_REQUIRED, QUESTION_OPEN, SECRET_TAMPERED, VAULT_… */
  async prepare({ id, fields, secrets }: Draft, taken: Names, signal: AbortSignal): Promise<PreparedSource> {
    const existing = id === null ? null : this.inspectListed(id);
    const dataSource = this.#dataSourceOf(fields, existing?.dataSource ?? null, taken);
    const prepared = new Map<SecretFieldName, PreparedSecret>();
    for (const { field } of existing === null ? [] : secretRefsOf(existing.dataSource)) {
      prepared.set(field, null);
    }
    for (const ref of secretRefsOf(dataSource)) {
      prepared.set(
        ref.field,
        await this.#prepareSecret(ref, dataSource, secrets[ref.field], existing, signal),
      );
    }
    const mustBeUnchanged = existing !== null && existing.integrity !== 'changed';
    return { dataSource, secrets: prepared, isNew: existing === null, mustBeUnchanged };
  }

  /**
   * A copy under another name, with the secrets of the original sealed anew.
   * @param database another one of the same server, as that server has listed it; null for the same
   * @throws as `prepare`
   */
  async prepareCopy(
    original: InspectedDataSource,
    database: string | null,
    taken: Names,
    signal: AbortSignal,
  ): Promise<PreparedSource> {
    const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = original.dataSource;
    const engine = database === null ? fields.engine : inDatabase(fields.engine, database);
    if (engine === null) throw dataSourceGone();
    const wanted = database === null ? `${fields.name} copy` : `${fields.name} › ${cleanText(database, 128)}`;
    const name = [...wanted].slice(0, 128).join('');
    const dataSource = this.#dataSourceOf({ ...fields, name, engine }, null, taken);
    const secrets = new Map<SecretFieldName, PreparedSecret>();
    for (const ref of secretRefsOf(original.dataSource)) {
      const target = { ...ref, dataSourceId: dataSource.id };
      const { release } = this.#options;
      const copy =
        database === null
          ? await release.copy(ref, original, target, dataSource, signal)
          : await release.copyToDatabase(ref, original, target, dataSource, database);
      secrets.set(ref.field, copy);
    }
    return { dataSource, secrets, isNew: true, mustBeUnchanged: false };
  }

  /** One more secret for a data source that stays as it is; its other secrets are kept. @throws VAULT_… */
  async prepareSecret(
    dataSource: DataSource,
    field: SecretFieldName,
    value: string,
  ): Promise<PreparedSource> {
    const ref = { dataSourceId: dataSource.id, field };
    const sealed = await this.#options.vault.prepareSeal(ref, value, endpointHash(dataSource));
    return { dataSource, secrets: new Map([[field, sealed]]), isNew: false, mustBeUnchanged: true };
  }

  /** Whether another secret is stored for it once it is kept, or one is stored no more. */
  changesSecrets({ dataSource: { id }, secrets }: PreparedSource): boolean {
    return [...secrets].some(([field, secret]) =>
      secret === null ? this.#options.vault.has({ dataSourceId: id, field }) : secret !== 'kept',
    );
  }

  /**
   * Keeps all of them or none.
   * @param record tells the audit trail of it, in the same transaction and before anything else in it
   * @throws NOT_FOUND, DATA_SOURCE_CHANGED when that is found only now
   */
  async keep(prepared: readonly PreparedSource[], record: () => void): Promise<void> {
    const { repository, audit } = this.#options;
    await this.getSigningKey();
    for (const { dataSource, mustBeUnchanged } of prepared) {
      if (mustBeUnchanged) requireUnchanged(this.inspectListed(dataSource.id), audit);
    }
    repository.transaction(() => {
      record();
      for (const one of prepared) this.#keepOne(one);
    });
  }

  /** What is signed with the data source: an older secret put back under it is noticed. */
  secretRevisions(dataSource: DataSource): SecretRevisions {
    const revisions = secretRefsOf(dataSource).flatMap((ref) => {
      const revision = this.#options.vault.revisionOf(ref);
      return revision === null ? [] : [[ref.field, revision] as const];
    });
    return Object.fromEntries(revisions);
  }

  /** Without a key what is kept stays unsigned, and says so; nobody is kept from saving. */
  async getSigningKey(): Promise<void> {
    const { vault } = this.#options;
    const { mode, lock } = vault.status();
    if (mode !== null && lock === 'closed') await vault.retry();
  }

  #dataSourceOf(fields: DataSourceFields, existing: DataSource | null, taken: Names): DataSource {
    const nowMs = this.#options.clock.wallMs();
    const id = existing?.id ?? randomUUID();
    const name = freeName(fields.name.trim(), taken);
    return { ...fields, name, id, createdAt: existing?.createdAt ?? nowMs, updatedAt: nowMs };
  }

  /** One that goes where it went before stays as it is: it need not even open. */
  async #prepareSecret(
    ref: SecretRef,
    dataSource: DataSource,
    input: SecretInput | undefined,
    existing: InspectedDataSource | null,
    signal: AbortSignal,
  ): Promise<PreparedSecret> {
    const { vault, release } = this.#options;
    const hash = endpointHash(dataSource);
    if (input?.type === 'typed') return vault.prepareSeal(ref, input.value, hash);
    if (input === undefined || existing === null) return null;
    if (endpointHash(existing.dataSource).equals(hash)) return 'kept';
    return release.copy(ref, existing, ref, dataSource, signal);
  }

  #keepOne({ dataSource, secrets, isNew }: PreparedSource): void {
    const { repository, vault, release, verifier } = this.#options;
    const { id } = dataSource;
    // It may have been removed while its secrets were sealed.
    if (!isNew) this.inspectListed(id);
    const isTrusted = isNew || verifier.isTrusted(id);
    for (const [field, secret] of secrets) {
      if (secret === null) vault.remove({ dataSourceId: id, field });
      else if (secret !== 'kept') vault.keep(secret);
    }
    repository.put(dataSource, this.secretRevisions(dataSource));
    if (isTrusted) verifier.trust(id);
    release.forget(id);
  }
}
