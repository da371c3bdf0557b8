import { randomUUID } from 'node:crypto';
import type {
  DataSource,
  DataSourceFields,
  DataSourceSummary,
  Draft,
  PasswordInput,
} from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import type { Logger } from '../observability/Logger.ts';
import { endpointHash } from '../vault/endpointBinding.ts';
import type { SealedSecret, SecretRepository } from '../vault/SecretRepository.ts';
import type { VaultManager } from '../vault/VaultManager.ts';
import type { ConnectionManager } from './ConnectionManager.ts';
import type { DataSourceRepository } from './DataSourceRepository.ts';
import { freeName } from './freeName.ts';
import { requireSameHost } from './PasswordSource.ts';
import { passwordRef } from './passwordRef.ts';

export interface DataSourceServiceOptions {
  readonly repository: DataSourceRepository;
  readonly secrets: Pick<SecretRepository, 'put' | 'remove'>;
  readonly vault: VaultManager;
  readonly manager: ConnectionManager;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Saves, copies, removes and restores data sources together with their passwords: both or neither. */
export class DataSourceService {
  readonly onChanged = new Emitter<DataSourceSummary[]>();
  readonly #options: DataSourceServiceOptions;

  constructor(options: DataSourceServiceOptions) {
    this.#options = options;
  }

  list(): DataSourceSummary[] {
    return this.#options.repository.list().map((dataSource) => this.#summary(dataSource));
  }

  /**
   * Saves a draft. A name that is taken gets a number.
   * @throws NOT_FOUND when the data source was removed meanwhile; PASSWORD_REQUIRED when the host changed and the
   *   password was not typed again; VAULT_… when the password cannot be sealed: then nothing is saved
   */
  async save(draft: Draft): Promise<DataSourceSummary> {
    const existing = draft.id === null ? null : this.#find(draft.id);
    const dataSource = this.#dataSourceOf(draft.fields, existing);
    this.#keep(dataSource, await this.#sealFor(dataSource, draft.password, existing));
    // Its failure is in the data source's state, where people see it; the save itself went well.
    this.#options.manager.changed(dataSource).catch((error: unknown) => {
      this.#options.logger.warn(
        'a changed data source did not connect',
        { dataSourceId: dataSource.id },
        error,
      );
    });
    return this.#summary(dataSource);
  }

  /** A copy with its own password, sealed anew. */
  async duplicate(id: DataSourceId): Promise<DataSourceSummary> {
    const original = this.#find(id);
    const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = original;
    const copy = this.#dataSourceOf({ ...fields, name: `${fields.name} copy`.slice(0, 128) }, null);
    const sealed = await this.#options.vault.prepareCopy(
      passwordRef(id),
      endpointHash(original),
      passwordRef(copy.id),
      endpointHash(copy),
    );
    this.#keep(copy, sealed);
    return this.#summary(copy);
  }

  /** Takes it out of the list and disconnects it; `restore` undoes that until the app ends. */
  async remove(id: DataSourceId): Promise<void> {
    this.#find(id);
    this.#options.repository.markRemoved(id, this.#options.clock.wallMs());
    this.#changed();
    await this.#options.manager.disconnect(id);
  }

  restore(id: DataSourceId): DataSourceSummary {
    const dataSource = this.#find(id);
    this.#options.repository.restore(id);
    this.#changed();
    return this.#summary(dataSource);
  }

  #find(id: DataSourceId): DataSource {
    const dataSource = this.#options.repository.find(id);
    if (dataSource === null) {
      throw new AppError('NOT_FOUND', { title: 'There is no such data source any more' });
    }
    return dataSource;
  }

  #dataSourceOf(fields: DataSourceFields, existing: DataSource | null): DataSource {
    const nowMs = this.#options.clock.wallMs();
    const id = existing?.id ?? randomUUID();
    const taken = this.#options.repository.list().filter((other) => other.id !== id);
    const name = freeName(
      fields.name.trim(),
      taken.map((other) => other.name),
    );
    return { ...fields, name, id, createdAt: existing?.createdAt ?? nowMs, updatedAt: nowMs };
  }

  /** The password as it will be kept, or null for none. */
  async #sealFor(
    dataSource: DataSource,
    password: PasswordInput,
    existing: DataSource | null,
  ): Promise<SealedSecret | null> {
    const { vault } = this.#options;
    const ref = passwordRef(dataSource.id);
    if (password.type === 'typed') return vault.prepareSeal(ref, password.value, endpointHash(dataSource));
    if (password.type === 'none' || existing === null) return null;
    requireSameHost(existing, dataSource);
    return vault.prepareCopy(ref, endpointHash(existing), ref, endpointHash(dataSource));
  }

  #keep(dataSource: DataSource, sealed: SealedSecret | null): void {
    const { repository, secrets } = this.#options;
    repository.transaction(() => {
      repository.put(dataSource);
      if (sealed === null) secrets.remove(passwordRef(dataSource.id));
      else secrets.put(sealed);
    });
    this.#changed();
  }

  #summary(dataSource: DataSource): DataSourceSummary {
    const stored = dataSource.demo || this.#options.vault.has(passwordRef(dataSource.id));
    return { dataSource, password: { stored } };
  }

  #changed(): void {
    this.onChanged.emit(this.list());
  }
}
