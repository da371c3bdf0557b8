import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type {
  Arranged,
  CellPart,
  CellRef,
  Copied,
  Found,
  ResultColumn,
  ResultId,
  ResultWindow,
  SavedFile,
  Summary,
  WindowInput,
} from '../../shared/model/results.ts';
import type { Clock } from '../base/Clock.ts';
import type { Results, ResultWriter } from './Results.ts';
import { resultGone, spoolFailed } from './resultErrors.ts';
import { StoredResult } from './StoredResult.ts';
import { FileHandles } from './spool/FileHandles.ts';
import { Spool } from './spool/Spool.ts';
import type { SpoolFolder } from './spool/SpoolFolder.ts';
import { SpoolWriter } from './spool/SpoolWriter.ts';

/** Most files of results that stay open while nobody uses them. */
const maxOpenFiles = 64;

export interface SpooledResultsOptions {
  readonly folder: SpoolFolder;
  readonly clock: Clock;
}

/** The results of the window, on the disk. */
export class SpooledResults implements Results {
  readonly #folder: SpoolFolder;
  readonly #clock: Clock;
  readonly #handles = new FileHandles(maxOpenFiles);
  readonly #results = new Map<ResultId, StoredResult>();

  constructor({ folder, clock }: SpooledResultsOptions) {
    this.#folder = folder;
    this.#clock = clock;
  }

  async create(columns: readonly ResultColumn[], owner: string): Promise<ResultWriter> {
    const id = randomUUID();
    const folder = await this.#folder.path().catch((error: unknown) => {
      throw spoolFailed(error);
    });
    const spool = new Spool(join(folder, id), columns.length, this.#handles);
    this.#results.set(id, new StoredResult({ owner, columns, spool }));
    return new SpoolWriter(id, spool, this.#clock);
  }

  async window(input: WindowInput): Promise<ResultWindow> {
    return this.#find(input.resultId).window(input);
  }

  async cellPart(input: CellRef & { readonly offset: number; readonly length: number }): Promise<CellPart> {
    const result = this.#find(input.resultId);
    if (input.column >= result.columns.length) throw resultGone();
    const row = await result.rowOf(input.viewId, input.row);
    return result.cells.part(row, input.column, input.offset, input.length);
  }

  async arrange(): Promise<Arranged> {
    throw new Error('Not there yet.');
  }

  async find(): Promise<Found> {
    throw new Error('Not there yet.');
  }

  async summary(): Promise<Summary> {
    throw new Error('Not there yet.');
  }

  async copy(): Promise<Copied> {
    throw new Error('Not there yet.');
  }

  async save(): Promise<SavedFile> {
    throw new Error('Not there yet.');
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
    await this.#folder.remove();
  }

  #find(resultId: ResultId): StoredResult {
    const result = this.#results.get(resultId);
    if (result === undefined) throw resultGone();
    return result;
  }
}
