import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DataSourceSummary, SecretFieldName } from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { ExportInput, ExportReport } from '../../shared/model/transfer.ts';
import { isAppError } from '../base/AppError.ts';
import { throwIfAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import { shownFileName } from '../base/files/fileErrors.ts';
import { ExportDocument } from './ExportDocument.ts';
import type { ExportSource, StoredSecrets } from './ExportSource.ts';
import { fileExtension } from './exportFormat.ts';
import type { TransferDialogs } from './TransferDialogs.ts';
import { exportedOneGone } from './transferErrors.ts';
import { writeUserFile } from './userFile.ts';

export interface DataSourceExporterOptions {
  readonly dialogs: TransferDialogs;
  readonly source: ExportSource;
  readonly secrets: StoredSecrets;
  readonly clock: Clock;
}

/** What became of the stored secrets of one data source: those that opened, and why one did not. */
interface Opening {
  readonly secrets: Readonly<Record<SecretFieldName, string>>;
  readonly problem: unknown;
}

/** How many data sources are added before others get their turn. */
const entriesPerTurn = 50;

/** Of one secret alone: the others may open. */
const ofOneSecret = new Set(['SECRET_TAMPERED', 'DATA_SOURCE_CHANGED']);
/** Of one key: other secrets may have another one. */
const ofOneKey = new Set(['VAULT_LOCKED_OR_MISSING_KEY', 'VAULT_WRONG_KEY']);

/** Writes chosen data sources into one file: readable without secrets, or encrypted with them. */
export class DataSourceExporter {
  readonly #options: DataSourceExporterOptions;

  constructor(options: DataSourceExporterOptions) {
    this.#options = options;
  }

  /**
   * Asks where to, and writes. A secret that does not open is left out and named in the report; when the vault opens
   * none at all, nothing is written.
   * @throws NOT_FOUND, TOO_LARGE, FILE_FAILED, VAULT_…
   */
  async export({ ids, protection }: ExportInput, signal: AbortSignal): Promise<ExportReport> {
    const summaries = this.#find(ids);
    const path = await this.#options.dialogs.chooseTarget(this.#defaultName());
    if (path === null) return { outcome: 'cancelled' };
    throwIfAborted(signal);
    const document = new ExportDocument();
    try {
      const isSealed = protection.type === 'passphrase';
      const withoutSecret = await this.#fill(document, summaries, isSealed, signal);
      const bytes = isSealed ? await document.sealed(protection.passphrase) : document.readable();
      throwIfAborted(signal);
      await writeUserFile(path, bytes);
      const withSecrets = summaries.filter(hasSecrets).length;
      const secretCount = isSealed ? withSecrets - withoutSecret.length : 0;
      const counts = { dataSourceCount: summaries.length, secretCount };
      return { outcome: 'saved', fileName: shownFileName(path), ...counts, withoutSecret };
    } finally {
      document.erase();
    }
  }

  /** @returns the names of those of whose secrets one did not open */
  async #fill(
    document: ExportDocument,
    summaries: readonly DataSourceSummary[],
    isSealed: boolean,
    signal: AbortSignal,
  ): Promise<string[]> {
    const problems: { readonly name: string; readonly problem: unknown }[] = [];
    let openedCount = 0;
    for (const [index, summary] of summaries.entries()) {
      if (index % entriesPerTurn === entriesPerTurn - 1) await nextTurn();
      throwIfAborted(signal);
      const { id, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = summary.dataSource;
      if (!isSealed) {
        document.add({ id, fields });
        continue;
      }
      const { secrets, problem } = await this.#open(summary);
      document.add({ id, fields, secrets });
      openedCount += Object.keys(secrets).length;
      if (problem !== undefined) problems.push({ name: fields.name, problem });
    }
    const ofKey = problems.find(({ problem }) => isOneOf(problem, ofOneKey));
    if (openedCount === 0 && ofKey !== undefined) throw ofKey.problem;
    return problems.map(({ name }) => name);
  }

  async #open({ dataSource, secrets }: DataSourceSummary): Promise<Opening> {
    const opened: Record<SecretFieldName, string> = {};
    let problem: unknown;
    for (const field of Object.keys(secrets)) {
      try {
        const value = await this.#options.secrets.stored(dataSource, field);
        if (value === null) problem ??= null;
        else opened[field] = value;
      } catch (error) {
        // What concerns the whole vault is thrown: no other secret would open either.
        if (!isOneOf(error, ofOneSecret) && !isOneOf(error, ofOneKey)) throw error;
        problem = error;
      }
    }
    return { secrets: opened, problem };
  }

  /** In the order of the list. */
  #find(ids: readonly DataSourceId[]): DataSourceSummary[] {
    const wanted = new Set(ids);
    const found = this.#options.source
      .list()
      .dataSources.filter(({ dataSource }) => wanted.has(dataSource.id));
    if (found.length < wanted.size) throw exportedOneGone();
    return found;
  }

  #defaultName(): string {
    const now = new Date(this.#options.clock.wallMs());
    const twoDigits = (part: number) => String(part).padStart(2, '0');
    const day = `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
    return `mooring-data-sources-${day}.${fileExtension}`;
  }
}

const hasSecrets = ({ secrets }: DataSourceSummary): boolean => Object.keys(secrets).length > 0;

function isOneOf(error: unknown, codes: ReadonlySet<string>): boolean {
  return isAppError(error) && codes.has(error.code);
}
