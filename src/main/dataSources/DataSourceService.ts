import { randomUUID } from 'node:crypto';
import type {
  DataSource,
  DataSourceChange,
  DataSourceFields,
  DataSourceList,
  DataSourceSummary,
  Draft,
  Integrity,
  PasswordInput,
  SavedDataSource,
} from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { Audit } from '../audit/Audit.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import type { Logger } from '../observability/Logger.ts';
import type { ConnectionManager } from '../sessions/ConnectionManager.ts';
import { endpointHash } from '../vault/secrets/endpointBinding.ts';
import type { SealedSecret } from '../vault/secrets/SecretRepository.ts';
import type { VaultManager } from '../vault/VaultManager.ts';
import type { DataSourceRepository, InspectedDataSource } from './DataSourceRepository.ts';
import { freeName } from './freeName.ts';
import { passwordRef } from './secrets/passwordRef.ts';
import type { SecretRelease } from './secrets/SecretRelease.ts';
import type { SourceVerifier } from './secrets/SourceVerifier.ts';
import { dataSourceGone, requireUnchanged } from './secrets/sourceIntegrity.ts';
import { type Names, TakenNames } from './TakenNames.ts';

export interface DataSourceServiceOptions {
  readonly repository: DataSourceRepository;
  readonly vault: VaultManager;
  readonly release: SecretRelease;
  readonly verifier: SourceVerifier;
  readonly manager: ConnectionManager;
  readonly audit: Audit;
  /** Copies the store, before something is deleted that nobody could read. */
  readonly backUp: () => Promise<unknown>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A data source that is ready to be kept, with its password sealed for it; null for none, `kept` for the one it has. */
interface Prepared {
  readonly dataSource: DataSource;
  readonly sealed: SealedSecret | 'kept' | null;
  readonly isNew: boolean;
  /** What it replaces was not known to be changed outside: if that shows before it is signed, a person must see it first. */
  readonly mustBeUnchanged: boolean;
  /** Whether another secret is stored for it from now on, or none any more. */
  readonly hasNewSecret: boolean;
}

/** Saves, copies, removes and restores data sources together with their passwords: both or neither. */
export class DataSourceService {
  /** Each change of the list, with the next revision. */
  readonly onChanged = new Emitter<DataSourceChange>();
  readonly #options: DataSourceServiceOptions;

  #revision = 0;
  #names: TakenNames | null = null;

  constructor(options: DataSourceServiceOptions) {
    this.#options = options;
  }

  list(): DataSourceList {
    const { repository } = this.#options;
    const summaries = repository
      .inspectAll()
      .map(({ dataSource, integrity }) => this.#summaryOf(dataSource, integrity));
    return { revision: this.#revision, dataSources: summaries, damaged: repository.damaged() };
  }

  /**
   * Saves a draft. A name that is taken gets a number.
   * @throws NOT_FOUND when the data source was removed meanwhile; PASSWORD_REQUIRED when the endpoint changed and the
   *   person did not allow the stored password to go with it; DATA_SOURCE_CHANGED when that is found only now;
   *   QUESTION_OPEN; VAULT_… when the password cannot be sealed: then nothing is saved
   */
  async save(draft: Draft, signal: AbortSignal): Promise<SavedDataSource> {
    const names = this.#takenNames();
    const taken = draft.id === null ? names : names.except(draft.id);
    const prepared = await this.#prepare(draft, taken, signal);
    await this.#keep([prepared], () => this.#recordSaved(prepared));
    const saved = this.#changed(prepared.dataSource);
    this.#tellManager([prepared]);
    return saved;
  }

  /**
   * Saves all of them or none; errors as for `save`.
   * @param record tells the audit trail of them as a whole, in the same transaction
   */
  async saveAll(
    drafts: readonly Draft[],
    record: () => void,
    signal: AbortSignal,
  ): Promise<DataSourceSummary[]> {
    const taken = this.#takenNames().toSet();
    const prepared: Prepared[] = [];
    for (const draft of drafts) {
      if (draft.id !== null) taken.delete(this.#inspectListed(draft.id).dataSource.name);
      const next = await this.#prepare(draft, taken, signal);
      taken.add(next.dataSource.name);
      prepared.push(next);
    }
    await this.#keep(prepared, record);
    for (const { dataSource } of prepared) this.#takenNames().put(dataSource);
    this.refresh();
    this.#tellManager(prepared);
    return prepared.map(({ dataSource }) => this.#summary(dataSource));
  }

  /**
   * Saves a password that was typed to connect.
   * @param provenFor the endpoint whose server has accepted it
   * @throws NOT_FOUND, PASSWORD_REQUIRED when the data source has another endpoint by now, DATA_SOURCE_CHANGED, VAULT_…
   */
  async keepPassword(id: DataSourceId, value: string, provenFor: DataSourceFields): Promise<void> {
    const { dataSource } = this.#inspectListed(id);
    const hash = endpointHash(dataSource);
    if (!hash.equals(endpointHash(provenFor))) throw provenElsewhere();
    const sealed = await this.#options.vault.prepareSeal(passwordRef(id), value, hash);
    const { audit } = this.#options;
    const prepared = { dataSource, sealed, isNew: false, mustBeUnchanged: true, hasNewSecret: true };
    await this.#keep([prepared], () => audit.record({ operation: 'secret.saved', subject: id }));
    this.#changed(dataSource);
  }

  /**
   * A copy with its own password, sealed anew. The original must be trusted: the copy gets a signature of its own.
   * @throws NOT_FOUND, DATA_SOURCE_CHANGED, ADDRESS_UNCONFIRMED, QUESTION_OPEN, SECRET_TAMPERED, VAULT_…
   */
  async duplicate(id: DataSourceId, signal: AbortSignal): Promise<SavedDataSource> {
    const { verifier, release } = this.#options;
    await verifier.confirm(id, 'stored', signal);
    await verifier.verified(id);
    const saved = this.#inspectListed(id);
    const original = saved.dataSource;
    const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = original;
    const named = { ...fields, name: [...`${fields.name} copy`].slice(0, 128).join('') };
    const dataSource = this.#dataSourceOf(named, null, this.#takenNames());
    const target = passwordRef(dataSource.id);
    const sealed = await release.copy(passwordRef(id), saved, target, dataSource, signal);
    const { audit } = this.#options;
    const prepared = { dataSource, sealed, isNew: true, mustBeUnchanged: false, hasNewSecret: false };
    await this.#keep([prepared], () =>
      audit.record({ operation: 'data-source.duplicated', subject: dataSource.id, details: { copyOf: id } }),
    );
    return this.#changed(dataSource);
  }

  /**
   * Signs a data source as it stands, because a person has looked at it; makes the first key for that if there is none.
   * Its password stays bound to what it was.
   * @throws NOT_FOUND, VAULT_MODE_REQUIRED, DATA_SOURCE_CHANGED when that is found only now: the person has not seen it yet
   */
  async confirm(id: DataSourceId): Promise<SavedDataSource> {
    const { repository, audit, vault, verifier } = this.#options;
    const { dataSource, integrity } = this.#inspectListed(id);
    await vault.begin();
    await this.#getSigningKey();
    if (integrity !== 'changed') requireUnchanged(this.#inspectListed(id), audit);
    repository.transaction(() => {
      repository.put(dataSource, this.#secretRevisions(id));
      verifier.trust(id);
      audit.record({ operation: 'data-source.confirmed', subject: id });
    });
    return this.#changed(dataSource);
  }

  /** Takes it out of the list and disconnects it; `restore` undoes that until the app ends. */
  async remove(id: DataSourceId): Promise<void> {
    const { repository, audit, clock, manager } = this.#options;
    this.#inspectListed(id);
    repository.transaction(() => {
      repository.markRemoved(id, clock.wallMs());
      audit.record({ operation: 'data-source.removed', subject: id });
    });
    this.#removed(id);
    await manager.removed(id);
  }

  restore(id: DataSourceId): SavedDataSource {
    const { repository, audit } = this.#options;
    const dataSource = this.#find(id);
    repository.transaction(() => {
      repository.restore(id);
      audit.record({ operation: 'data-source.restored', subject: id });
    });
    return this.#changed(dataSource);
  }

  /** Deletes one that cannot be read. @throws NOT_FOUND, STORE_… when the backup before it cannot be made */
  async removeDamaged(id: string): Promise<void> {
    const { repository, audit, backUp } = this.#options;
    await backUp();
    repository.transaction(() => {
      if (!repository.removeDamaged(id)) throw dataSourceGone();
      audit.record({ operation: 'data-source.discarded', subject: id });
    });
    this.#removed(id);
  }

  /** Any of them may have changed, as when the vault was opened: the list is to be read again. */
  refresh(): void {
    this.#revision += 1;
    this.onChanged.emit({ type: 'all', revision: this.#revision });
  }

  #find(id: DataSourceId): DataSource {
    const dataSource = this.#options.repository.find(id);
    if (dataSource === null) throw dataSourceGone();
    return dataSource;
  }

  /** @throws NOT_FOUND also for one that was removed and could be restored */
  #inspectListed(id: DataSourceId): InspectedDataSource {
    const { repository } = this.#options;
    const found = repository.isListed(id) ? repository.inspect(id) : null;
    if (found === null) throw dataSourceGone();
    return found;
  }

  #takenNames(): TakenNames {
    this.#names ??= new TakenNames(this.#options.repository.list());
    return this.#names;
  }

  async #prepare(draft: Draft, taken: Names, signal: AbortSignal): Promise<Prepared> {
    const existing = draft.id === null ? null : this.#inspectListed(draft.id);
    const dataSource = this.#dataSourceOf(draft.fields, existing?.dataSource ?? null, taken);
    const sealed = await this.#sealFor(dataSource, draft.password, existing, signal);
    const mustBeUnchanged = existing !== null && existing.integrity !== 'changed';
    const hadSecret = this.#options.vault.has(passwordRef(dataSource.id));
    const hasNewSecret = sealed === null ? hadSecret : sealed !== 'kept';
    return { dataSource, sealed, isNew: existing === null, mustBeUnchanged, hasNewSecret };
  }

  #dataSourceOf(fields: DataSourceFields, existing: DataSource | null, taken: Names): DataSource {
    const nowMs = this.#options.clock.wallMs();
    const id = existing?.id ?? randomUUID();
    const name = freeName(fields.name.trim(), taken);
    return { ...fields, name, id, createdAt: existing?.createdAt ?? nowMs, updatedAt: nowMs };
  }

  /** The password as it will be kept. One that goes where it went before stays as it is: it need not even open. */
  async #sealFor(
    dataSource: DataSource,
    password: PasswordInput,
    existing: InspectedDataSource | null,
    signal: AbortSignal,
  ): Promise<Prepared['sealed']> {
    const { vault, release } = this.#options;
    const ref = passwordRef(dataSource.id);
    const hash = endpointHash(dataSource);
    if (password.type === 'typed') return vault.prepareSeal(ref, password.value, hash);
    if (password.type === 'none' || existing === null) return null;
    if (endpointHash(existing.dataSource).equals(hash)) return 'kept';
    return release.copy(ref, existing, ref, dataSource, signal);
  }

  /** @param record tells the audit trail of it, in the same transaction */
  async #keep(prepared: readonly Prepared[], record: () => void): Promise<void> {
    const { repository, vault, release, verifier, audit } = this.#options;
    await this.#getSigningKey();
    for (const { dataSource, mustBeUnchanged } of prepared) {
      if (mustBeUnchanged) requireUnchanged(this.#inspectListed(dataSource.id), audit);
    }
    repository.transaction(() => {
      record();
      for (const { dataSource, sealed, isNew } of prepared) {
        const { id } = dataSource;
        // It may have been removed while its password was sealed.
        if (!isNew) this.#inspectListed(id);
        const isTrusted = isNew || verifier.isTrusted(id);
        if (sealed === null) vault.remove(passwordRef(id));
        else if (sealed !== 'kept') vault.keep(sealed);
        repository.put(dataSource, this.#secretRevisions(id));
        if (isTrusted) verifier.trust(id);
        release.forget(id);
      }
    });
  }

  /** Before it is kept: whether there was a password is a part of it. */
  #recordSaved({ dataSource: { id }, sealed }: Prepared): void {
    const { audit, vault } = this.#options;
    const wasStored = vault.has(passwordRef(id));
    const password =
      sealed === null ? (wasStored ? 'removed' : 'none') : sealed === 'kept' ? 'kept' : 'saved';
    audit.record({ operation: 'data-source.saved', subject: id, details: { password } });
  }

  /** What is signed with the data source: an older secret put back under it is noticed. */
  #secretRevisions(id: DataSourceId): Record<string, number> {
    const ref = passwordRef(id);
    const revision = this.#options.vault.revisionOf(ref);
    return revision === null ? {} : { [ref.field]: revision };
  }

  /** Without a key what is kept stays unsigned, and says so; nobody is kept from saving. */
  async #getSigningKey(): Promise<void> {
    const { vault } = this.#options;
    const { mode, lock } = vault.status();
    if (mode !== null && lock === 'closed') await vault.retry();
  }

  /** A failure to connect is in the data source's state, where people see it; the save itself went well. */
  #tellManager(prepared: readonly Prepared[]): void {
    const { manager, logger } = this.#options;
    for (const { dataSource, isNew, hasNewSecret } of prepared) {
      if (isNew) continue;
      manager.changed(dataSource, hasNewSecret).catch((error: unknown) => {
        logger.warn('a changed data source did not connect', { dataSourceId: dataSource.id }, error);
      });
    }
  }

  #summary(dataSource: DataSource): DataSourceSummary {
    return this.#summaryOf(dataSource, this.#options.repository.integrityOf(dataSource.id));
  }

  #summaryOf(dataSource: DataSource, integrity: Integrity): DataSourceSummary {
    const stored = dataSource.demo || this.#options.vault.has(passwordRef(dataSource.id));
    return { dataSource, password: { stored }, integrity };
  }

  /** One of the list is new or changed. */
  #changed(dataSource: DataSource): SavedDataSource {
    this.#names?.put(dataSource);
    const summary = this.#summary(dataSource);
    const revision = this.#tell([summary], []);
    return { ...summary, revision };
  }

  /** One of the list, readable or damaged, is gone. */
  #removed(id: string): void {
    this.#names?.delete(id);
    this.#tell([], [id]);
  }

  #tell(changed: DataSourceSummary[], removed: string[]): number {
    this.#revision += 1;
    const revision = this.#revision;
    this.onChanged.emit({ type: 'some', revision, changed, removed });
    return revision;
  }
}

function provenElsewhere(): AppError {
  return new AppError('PASSWORD_REQUIRED', {
    title: 'The address was changed in the meantime',
    detail: 'The password was accepted at the previous address and is not saved for the new one.',
    fixes: ['Connect again and enter the password for the new address.'],
  });
}
