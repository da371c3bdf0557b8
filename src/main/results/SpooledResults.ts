import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type {
  Arranged,
  ArrangeInput,
  CellPart,
  CellRef,
  Copied,
  CopyInput,
  FindInput,
  Found,
  ResultColumn,
  ResultId,
  ResultWindow,
  SavedFile,
  SaveResultInput,
  SelectionInput,
  Summary,
  WindowInput,
} from '../../shared/model/results.ts';
import { throwIfAborted } from '../base/abort.ts';
import type { InputBreak } from '../base/async/InputBreak.ts';
import type { Clock } from '../base/Clock.ts';
import { type Instrumentation, noInstrumentation } from '../observability/Instrumentation.ts';
import type { DialogFiles } from './files/DialogFiles.ts';
import type { Results, ResultWork, ResultWriter } from './Results.ts';
import { resultGone, spoolFailed } from './resultErrors.ts';
import { StoredResult } from './StoredResult.ts';
import { type SqlQuoting, standardQuoting } from './selecting/copyFormats.ts';
import { FileHandles } from './spool/FileHandles.ts';
import { Spool } from './spool/Spool.ts';
import type { SpoolFolder } from './spool/SpoolFolder.ts';
import { SpoolWriter } from './spool/SpoolWriter.ts';

/** Most files of results that stay open while nobody uses them. */
const maxOpenFiles = 64;

export interface SpooledResultsOptions {
  readonly folder: SpoolFolder;
  readonly files: DialogFiles;
  readonly clipboard: { copyText(text: string): Promise<void> };
  /** How the engine of a data source quotes; null when it is not there. */
  readonly quotingOf: (sourceId: DataSourceId) => SqlQuoting | null;
  readonly inputBreak: InputBreak;
  readonly instrumentation?: Instrumentation;
  readonly clock: Clock;
}

/** The results of the window, on the disk. */
export class SpooledResults implements Results {
  readonly #options: SpooledResultsOptions;
  readonly #handles = new FileHandles(maxOpenFiles);
  readonly #results = new Map<ResultId, StoredResult>();

  constructor(options: SpooledResultsOptions) {
    this.#options = options;
  }

  async create(columns: readonly ResultColumn[], owner: string): Promise<ResultWriter> {
    const id = randomUUID();
    const folder = await this.#options.folder.path().catch((error: unknown) => {
      throw spoolFailed(error);
    });
    const spool = new Spool(join(folder, id), columns.length, this.#handles);
    const { clock, inputBreak, instrumentation = noInstrumentation } = this.#options;
    this.#results.set(id, new StoredResult({ owner, columns, spool, clock }));
    return new SpoolWriter(id, spool, { clock, inputBreak, instrumentation });
  }

  async window(input: WindowInput): Promise<ResultWindow> {
    return this.#find(input.resultId).window(input);
  }

  async cellPart(input: CellRef & { readonly offset: number; readonly length: number }): Promise<CellPart> {
    const result = this.#find(input.resultId);
    result.requireColumn(input.column);
    const row = await result.rowOf(input.viewId, input.row);
    return result.cells.part(row, input.column, input.offset, input.length);
  }

  async arrange(input: ArrangeInput, work: ResultWork): Promise<Arranged> {
    return this.#find(input.resultId).arrange(input, work);
  }

  async find(input: FindInput, work: ResultWork): Promise<Found> {
    return this.#find(input.resultId).find(input, work);
  }

  async summary(input: SelectionInput, work: ResultWork): Promise<Summary> {
    return this.#find(input.resultId).summary(input, work);
  }

  async copy(input: CopyInput, work: ResultWork): Promise<Copied> {
    const quoting = input.target === null ? null : this.#options.quotingOf(input.target.sourceId);
    const { text, counts } = await this.#find(input.resultId).text(input, quoting ?? standardQuoting, work);
    throwIfAborted(work.signal);
    await this.#options.clipboard.copyText(text);
    return counts;
  }

  async save(input: SaveResultInput, work: ResultWork): Promise<SavedFile> {
    const result = this.#find(input.resultId);
    const open = async () => result.source(input.viewId, input.columns, input.rows);
    const signal = AbortSignal.any([work.signal, result.dropped]);
    return this.#options.files.save(open, input.format, {
      ...work,
      signal,
      suggestedName: input.suggestedName,
    });
  }

  async drop(resultId: ResultId): Promise<void> {
    const result = this.#find(resultId);
    this.#results.delete(resultId);
    await result.drop();
  }

  async dropAllOf(owner: string): Promise<void> {
    const ids = [...this.#results].flatMap(([id, result]) => (result.owner === owner ? [id] : []));
    await Promise.all(ids.map((id) => this.drop(id)));
  }

  /** Drops everything. Never rejects. */
  async close(): Promise<void> {
    await Promise.all([...this.#results.keys()].map((id) => this.drop(id)));
    await this.#options.folder.remove();
  }

  #find(resultId: ResultId): StoredResult {
    const result = this.#results.get(resultId);
    if (result === undefined) throw resultGone();
    return result;
  }
}
