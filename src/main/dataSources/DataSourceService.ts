import type {
  DataSource,
  DataSourceChange,
  DataSourceList,
  DataSourceSummary,
  Draft,
  SavedDataSource,
} from '../../shared/model/dataSource.ts';
import type { EndpointFields } from '../../shared/model/endpoint.ts';
import { isSameEndpoint } from '../../shared/model/endpoint.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { Audit } from '../audit/Audit.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Emitter } from '../base/Emitter.ts';
import type { Logger } from '../observability/Logger.ts';
import type { ConnectionManager } from '../sessions/ConnectionManager.ts';
import type { VaultManager } from '../vault/VaultManager.ts';
import type { DataSourceRepository } from './DataSourceRepository.ts';
import type { OtherDatabases } from './databases/OtherDatabases.ts';
import { SourceList } from './SourceList.ts';
import { type PreparedSource, SourceWriter } from './SourceWriter.ts';
import type { ObtainedSecrets } from './secrets/ObtainedSecrets.ts';
import type { SecretRelease } from './secrets/SecretRelease.ts';
import type { SourceVerifier } from './secrets/SourceVerifier.ts';
import { dataSourceGone, requireUnchanged } from './secrets/sourceIntegrity.ts';
import type { TypedSecret } from './secrets/TypedSecrets.ts';

export interface DataSourceServiceOptions {
  readonly repository: DataSourceRepository;
  readonly vault: VaultManager;
  /** Secrets that servers gave to people for drafts. */
  readonly obtained: Pick<ObtainedSecrets, 'resolve'>;
  readonly release: SecretRelease;
  readonly verifier: SourceVerifier;
  /** The other databases that servers have listed. */
  readonly others: Pick<OtherDatabases, 'originOf'>;
  readonly manager: Pick<ConnectionManager, 'changed' | 'removed'>;
  readonly audit: Audit;
  /** Copies the store, before something is deleted that nobody could read. */
  readonly backUp: () => Promise<unknown>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a save means for one that is in use. */
interface Edit {
  readonly dataSource: DataSource;
  readonly hasNewSecret: boolean;
}

/** Saves, copies, removes and restores data sources together with their secrets: both or neither. */
export class DataSourceService {
  readonly #options: DataSourceServiceOptions;
  readonly #list: SourceList;
  readonly #writer: SourceWriter;

  constructor(options: DataSourceServiceOptions) {
    this.#options = options;
    this.#list = new SourceList(options);
    this.#writer = new SourceWriter(options);
  }

  /** Each change of the list, with the next revision. */
  get onChanged(): Emitter<DataSourceChange> {
    return this.#list.onChanged;
  }

  list(): DataSourceList {
    return this.#list.read();
  }

  /**
   * Saves a draft. A name that is taken gets a number.
   * @throws NOT_FOUND when the data source was removed meanwhile; PASSWORD_REQUIRED when the endpoint changed and the
   *   person did not allow the stored secrets to go with it, or a sign-in was for other settings; DATA_SOURCE_CHANGED when that is found only now;
   *   QUESTION_OPEN; VAULT_… when a secret cannot be sealed: then nothing is saved
   */
  async save(given: Draft, signal: AbortSignal): Promise<SavedDataSource> {
    const draft = this.#options.obtained.resolve(given);
    const { names } = this.#list;
    const taken = draft.id === null ? names : names.except(draft.id);
    const prepared = await this.#writer.prepare(draft, taken, signal);
    const edits = this.#editsOf([prepared]);
    await this.#writer.keep([prepared], () => this.#recordSaved(prepared));
    const saved = this.#list.changed(prepared.dataSource);
    this.#reportEdits(edits);
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
    const { names } = this.#list;
    const taken = names.toSet();
    const prepared: PreparedSource[] = [];
    for (const draft of drafts) {
      if (draft.id !== null) taken.delete(this.#writer.inspectListed(draft.id).dataSource.name);
      const next = await this.#writer.prepare(draft, taken, signal);
      taken.add(next.dataSource.name);
      prepared.push(next);
    }
    const edits = this.#editsOf(prepared);
    await this.#writer.keep(prepared, record);
    for (const { dataSource } of prepared) names.put(dataSource);
    this.refresh();
    this.#reportEdits(edits);
    return prepared.map(({ dataSource }) => this.#list.summary(dataSource));
  }

  /**
   * Saves a secret that was typed to connect.
   * @param provenFor the endpoint whose server has accepted it
   * @throws NOT_FOUND, PASSWORD_REQUIRED when the data source has another endpoint by now, DATA_SOURCE_CHANGED, VAULT_…
   */
  async keepSecret(
    id: DataSourceId,
    { field, value }: TypedSecret,
    provenFor: EndpointFields,
  ): Promise<void> {
    const { dataSource } = this.#writer.inspectListed(id);
    if (!isSameEndpoint(dataSource, provenFor)) throw provenElsewhere();
    const prepared = await this.#writer.prepareSecret(dataSource, field, value);
    const { audit } = this.#options;
    await this.#writer.keep([prepared], () => audit.record({ operation: 'secret.saved', subject: id }));
    this.#list.changed(dataSource);
  }

  /**
   * A copy with its own secrets, sealed anew; of another database of a server, a data source for it. The original must be
   * trusted: the copy gets a signature of its own.
   * @throws NOT_FOUND, DATA_SOURCE_CHANGED, ADDRESS_UNCONFIRMED, QUESTION_OPEN, SECRET_TAMPERED, VAULT_…
   */
  async duplicate(id: DataSourceId, signal: AbortSignal): Promise<SavedDataSource> {
    const { verifier, audit, others } = this.#options;
    const origin = others.originOf(id);
    const savedId = origin?.sourceId ?? id;
    await verifier.confirm(savedId, 'stored', signal);
    await verifier.verified(savedId);
    const original = this.#writer.inspectListed(savedId);
    const database = origin?.database ?? null;
    const prepared = await this.#writer.prepareCopy(original, database, this.#list.names, signal);
    const { dataSource } = prepared;
    await this.#writer.keep([prepared], () =>
      audit.record({
        operation: 'data-source.duplicated',
        subject: dataSource.id,
        details: { copyOf: savedId },
      }),
    );
    return this.#list.changed(dataSource);
  }

  /**
   * Signs a data source as it stands, because a person has looked at it; makes the first key for that if there is none.
   * Its secrets stay bound to what it was.
   * @throws NOT_FOUND, VAULT_MODE_REQUIRED, DATA_SOURCE_CHANGED when that is found only now: the person has not seen it yet
   */
  async confirm(id: DataSourceId): Promise<SavedDataSource> {
    const { repository, audit, vault, verifier } = this.#options;
    const { dataSource, integrity } = this.#writer.inspectListed(id);
    await vault.begin();
    await this.#writer.getSigningKey();
    if (integrity !== 'changed') requireUnchanged(this.#writer.inspectListed(id), audit);
    repository.transaction(() => {
      repository.put(dataSource, this.#writer.secretRevisions(dataSource));
      verifier.trust(id);
      audit.record({ operation: 'data-source.confirmed', subject: id });
    });
    return this.#list.changed(dataSource);
  }

  /** Takes it out of the list and disconnects it; `restore` undoes that until the app ends. */
  async remove(id: DataSourceId): Promise<void> {
    const { repository, audit, clock, manager } = this.#options;
    this.#writer.inspectListed(id);
    repository.transaction(() => {
      repository.markRemoved(id, clock.wallMs());
      audit.record({ operation: 'data-source.removed', subject: id });
    });
    this.#list.removed(id);
    await manager.removed(id);
  }

  /** @throws NOT_FOUND */
  restore(id: DataSourceId): SavedDataSource {
    const { repository, audit } = this.#options;
    const dataSource = repository.find(id);
    if (dataSource === null) throw dataSourceGone();
    repository.transaction(() => {
      repository.restore(id);
      audit.record({ operation: 'data-source.restored', subject: id });
    });
    return this.#list.changed(dataSource);
  }

  /** Deletes one that cannot be read. @throws NOT_FOUND, STORE_… when the backup before it cannot be made */
  async removeDamaged(id: string): Promise<void> {
    const { repository, audit, backUp } = this.#options;
    await backUp();
    repository.transaction(() => {
      if (!repository.removeDamaged(id)) throw dataSourceGone();
      audit.record({ operation: 'data-source.discarded', subject: id });
    });
    this.#list.removed(id);
  }

  /** Any of them may have changed, as when the vault was opened: the list is to be read again. */
  refresh(): void {
    this.#list.refresh();
  }

  /** Before it is kept: whether there was a secret is a part of it. */
  #recordSaved({ dataSource: { id }, secrets }: PreparedSource): void {
    const { audit, vault } = this.#options;
    const details = [...secrets].map(([field, secret]) => {
      const wasStored = vault.has({ dataSourceId: id, field });
      if (secret === null) return [field, wasStored ? 'removed' : 'none'];
      return [field, secret === 'kept' ? 'kept' : 'saved'];
    });
    audit.record({ operation: 'data-source.saved', subject: id, details: Object.fromEntries(details) });
  }

  /** Before they are kept: what they change is seen only then. */
  #editsOf(prepared: readonly PreparedSource[]): Edit[] {
    const edited = prepared.filter(({ isNew }) => !isNew);
    return edited.map((one) => ({
      dataSource: one.dataSource,
      hasNewSecret: this.#writer.changesSecrets(one),
    }));
  }

  /** A failure to connect is in the data source's state, where people see it; the save itself went well. */
  #reportEdits(edits: readonly Edit[]): void {
    const { manager, logger } = this.#options;
    for (const { dataSource, hasNewSecret } of edits) {
      manager.changed(dataSource, hasNewSecret).catch((error: unknown) => {
        logger.warn('a changed data source did not connect', { dataSourceId: dataSource.id }, error);
      });
    }
  }
}

function provenElsewhere(): AppError {
  return new AppError('PASSWORD_REQUIRED', {
    title: 'The address was changed in the meantime',
    detail: 'The password was accepted at the previous address and is not saved for the new one.',
    fixes: ['Connect again and enter the password for the new address.'],
  });
}
