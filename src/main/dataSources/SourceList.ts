import type {
  DataSource,
  DataSourceChange,
  DataSourceList,
  DataSourceSummary,
  Integrity,
  SavedDataSource,
} from '../../shared/model/dataSource.ts';
import { Emitter } from '../base/Emitter.ts';
import type { VaultManager } from '../vault/VaultManager.ts';
import type { DataSourceRepository } from './DataSourceRepository.ts';
import { secretRefsOf } from './secrets/secretRefs.ts';
import { TakenNames } from './TakenNames.ts';

export interface SourceListOptions {
  readonly repository: Pick<DataSourceRepository, 'list' | 'inspectAll' | 'damaged' | 'integrityOf'>;
  readonly vault: Pick<VaultManager, 'has'>;
}

/** The list of data sources as the window shows it. Its changes are numbered, so that whoever misses one notices. */
export class SourceList {
  /** Each change of the list, with the next revision. */
  readonly onChanged = new Emitter<DataSourceChange>();
  readonly #options: SourceListOptions;
  #revision = 0;
  #names: TakenNames | null = null;

  constructor(options: SourceListOptions) {
    this.#options = options;
  }

  read(): DataSourceList {
    const { repository } = this.#options;
    const summaries = repository
      .inspectAll()
      .map(({ dataSource, integrity }) => this.#summaryOf(dataSource, integrity));
    return { revision: this.#revision, dataSources: summaries, damaged: repository.damaged() };
  }

  /** The names that are in it. */
  get names(): TakenNames {
    this.#names ??= new TakenNames(this.#options.repository.list());
    return this.#names;
  }

  summary(dataSource: DataSource): DataSourceSummary {
    return this.#summaryOf(dataSource, this.#options.repository.integrityOf(dataSource.id));
  }

  /** One of the list is new or changed. */
  changed(dataSource: DataSource): SavedDataSource {
    this.#names?.put(dataSource);
    const summary = this.summary(dataSource);
    return { ...summary, revision: this.#emit([summary], []) };
  }

  /** One of the list, readable or damaged, is gone. */
  removed(id: string): void {
    this.#names?.delete(id);
    this.#emit([], [id]);
  }

  /** Any of them may have changed, as when the vault was opened: the list is to be read again. */
  refresh(): void {
    this.#revision += 1;
    this.onChanged.emit({ type: 'all', revision: this.#revision });
  }

  #summaryOf(dataSource: DataSource, integrity: Integrity): DataSourceSummary {
    const stored = secretRefsOf(dataSource).filter((ref) => this.#options.vault.has(ref));
    const secrets = Object.fromEntries(stored.map(({ field }) => [field, { stored: true as const }]));
    return { dataSource, secrets, integrity };
  }

  #emit(changed: DataSourceSummary[], removed: string[]): number {
    this.#revision += 1;
    const revision = this.#revision;
    this.onChanged.emit({ type: 'some', revision, changed, removed });
    return revision;
  }
}
