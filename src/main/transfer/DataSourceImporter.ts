import { dirname, join } from 'node:path';
import type { DataSourceSummary } from '../../shared/model/dataSource.ts';
import type { ImportAction, ImportPreview, ImportReport } from '../../shared/model/transfer.ts';
import type { Audit } from '../audit/Audit.ts';
import { throwIfAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import { shownFileName } from '../base/files/fileErrors.ts';
import { maxFileBytes } from './exportFormat.ts';
import type { ImportTarget } from './ImportTarget.ts';
import type { ImportEntry } from './importEntry.ts';
import { type PlannedSave, planImport } from './importPlan.ts';
import { previewItems } from './importPreview.ts';
import { erase, type OpenImport, OpenImports } from './OpenImports.ts';
import { readImport } from './readImport.ts';
import type { TransferDialogs } from './TransferDialogs.ts';
import { importChoiceWrong } from './transferErrors.ts';
import { readUserFile } from './userFile.ts';

export interface DataSourceImporterOptions {
  readonly dialogs: TransferDialogs;
  readonly target: ImportTarget;
  /** Copies the store, before an import changes it. */
  readonly backUp: () => Promise<unknown>;
  readonly audit: Audit;
  readonly clock: Clock;
}

interface Apply {
  readonly importId: string;
  readonly choices: readonly { readonly index: number; readonly action: ImportAction }[];
  /** Whether passwords come in, too. */
  readonly withSecrets: boolean;
}

type ReadyImport = Extract<OpenImport, { type: 'ready' }>;
type ImportCounts = Omit<ImportReport, 'notes' | 'placements'>;

/** Brings in data sources from a file, after a person has looked at it. Its secrets stay in main. */
export class DataSourceImporter {
  readonly #options: DataSourceImporterOptions;
  readonly #open: OpenImports;

  constructor(options: DataSourceImporterOptions) {
    this.#options = options;
    this.#open = new OpenImports(options.clock);
  }

  /** Asks for a file and shows what is in it. @throws FILE_FAILED, IMPORT_INVALID, IMPORT_TOO_NEW */
  async open(signal: AbortSignal): Promise<ImportPreview> {
    const path = await this.#options.dialogs.chooseSource();
    if (path === null) return { outcome: 'cancelled' };
    throwIfAborted(signal);
    const about = { fileName: shownFileName(path) };
    const beside = (name: string) => readUserFile(join(dirname(path), name), maxFileBytes).catch(() => null);
    const file = await readImport(await readUserFile(path, maxFileBytes), beside);
    throwIfAborted(signal);
    const { product } = file;
    if (file.type === 'sealed') {
      const { type, open } = file;
      const importId = this.#open.keep({ ...about, product, type, open });
      return { outcome: 'locked', importId, ...about, product };
    }
    const ready = this.#toReady({ ...about, product }, file.entries);
    return readyPreview(this.#open.keep(ready), ready);
  }

  /**
   * Opens an encrypted file. After an error the passphrase can be typed again.
   * @throws NOT_FOUND, IMPORT_NOT_OPENED, IMPORT_INVALID, IMPORT_TOO_NEW
   */
  async unlock(importId: string, passphrase: string, signal: AbortSignal): Promise<ImportPreview> {
    return this.#workOn(importId, signal, async (file) => {
      if (file.type === 'ready') throw importChoiceWrong('The file is open already.');
      const { fileName, product } = file;
      const ready = this.#toReady({ fileName, product }, await file.open(passphrase));
      if (signal.aborted) erase(ready);
      throwIfAborted(signal);
      this.#open.keep(ready, importId);
      return readyPreview(importId, ready);
    });
  }

  /**
   * Imports what was chosen: all of it or nothing. After an error the choices can be corrected.
   * @throws NOT_FOUND, INVALID_INPUT, and what `ImportTarget.saveAll` and the backup throw
   */
  async apply({ importId, choices, withSecrets }: Apply, signal: AbortSignal): Promise<ImportReport> {
    return this.#workOn(importId, signal, async (file) => {
      if (file.type === 'sealed')
        throw importChoiceWrong('The file has not been opened with its passphrase.');
      const { backUp, target } = this.#options;
      const entries = withSecrets ? file.entries : file.entries.map(withoutSecrets);
      const planned = planImport(entries, file.items, choices, target.list().dataSources);
      if (planned.length > 0) {
        await backUp();
        throwIfAborted(signal);
      }
      const counts = countsOf(file.entries, planned);
      const drafts = planned.map(({ draft }) => draft);
      const saved = drafts.length > 0 ? await target.saveAll(drafts, () => this.#record(counts), signal) : [];
      erase(file);
      return {
        ...counts,
        notes: notesOf(file.entries, planned, saved),
        placements: placementsOf(planned, saved),
      };
    });
  }

  /** Forgets a file and its secrets. */
  discard(importId: string): void {
    this.#open.forget(importId);
  }

  /** Forgets all files and their secrets: the app was locked, or ends. Calls under way are aborted by their signal. */
  discardAll(): void {
    this.#open.forgetAll();
  }

  /** Nobody else has the file meanwhile. It is kept on after an error, unless the window has left or was locked. */
  async #workOn<Value>(
    importId: string,
    signal: AbortSignal,
    work: (file: OpenImport) => Promise<Value>,
  ): Promise<Value> {
    const file = this.#open.take(importId);
    try {
      return await work(file);
    } catch (error) {
      if (signal.aborted) erase(file);
      else this.#open.keep(file, importId);
      throw error;
    }
  }

  #toReady(about: Pick<OpenImport, 'fileName' | 'product'>, entries: readonly ImportEntry[]): ReadyImport {
    const items = previewItems(entries, this.#options.target.list().dataSources);
    return { type: 'ready', ...about, entries, items };
  }

  #record(counts: ImportCounts): void {
    this.#options.audit.record({ operation: 'transfer.imported', details: counts });
  }
}

const readyPreview = (importId: string, { fileName, product, items }: ReadyImport): ImportPreview => ({
  outcome: 'ready',
  ...{ importId, fileName, product, items: [...items] },
});

const withoutSecrets = (entry: ImportEntry): ImportEntry =>
  entry.type === 'readable' ? { ...entry, secrets: new Map() } : entry;

function countsOf(entries: readonly ImportEntry[], planned: readonly PlannedSave[]): ImportCounts {
  const replacedCount = planned.filter(({ draft }) => draft.id !== null).length;
  return {
    addedCount: planned.length - replacedCount,
    replacedCount,
    skippedCount: entries.length - planned.length,
    secretCount: planned.filter(({ draft }) => hasTypedSecret(draft)).length,
  };
}

const hasTypedSecret = ({ secrets }: PlannedSave['draft']): boolean =>
  Object.values(secrets).some(({ type }) => type === 'typed');

function notesOf(
  entries: readonly ImportEntry[],
  planned: readonly PlannedSave[],
  saved: readonly DataSourceSummary[],
): ImportReport['notes'] {
  const ofSaved = planned.flatMap(({ draft, note, lost }, index) => {
    const wanted = draft.fields.name.trim();
    const name = saved[index]?.dataSource.name ?? wanted;
    const renamed = name === wanted ? null : `It is “${name}” now, since its name was taken.`;
    const notes = [note, renamed, ...lost].filter((text) => text !== null);
    return notes.length === 0 ? [] : [{ name: wanted, note: notes.join(' ') }];
  });
  const ofUnreadable = entries.flatMap((entry) =>
    entry.type === 'unreadable'
      ? [{ name: entry.name, note: `It could not be imported: ${entry.problems.join('; ')}` }]
      : [],
  );
  return [...ofSaved, ...ofUnreadable];
}

const placementsOf = (
  planned: readonly PlannedSave[],
  saved: readonly DataSourceSummary[],
): ImportReport['placements'] =>
  planned.flatMap(({ folder }, index) => {
    const id = saved[index]?.dataSource.id;
    return folder === null || id === undefined ? [] : [{ id, folder }];
  });
