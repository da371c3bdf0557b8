import type { z } from 'zod';
import type { SavedFile } from '../../../shared/model/results.ts';
import type {
  OpenedTable,
  openTableInputSchema,
  saveTableInputSchema,
  TableProgress,
  TableQuery,
} from '../../../shared/model/tableRows.ts';
import { AppError } from '../../base/AppError.ts';
import type { RelationShape, RowPage } from '../../connectors/Catalogue.ts';
import type { RowStream } from '../../connectors/RowStream.ts';
import type { ResultFiles, Results, ResultWork } from '../../results/Results.ts';
import type { ConnectionManager } from '../../sessions/ConnectionManager.ts';
import type { TableService } from '../QueryService.ts';
import { PagedRows } from './PagedRows.ts';
import { StreamedRows } from './StreamedRows.ts';
import { noLimitMs, type TableRows } from './TableRows.ts';

/** Rows that are there when a table opens. */
const firstRowCount = 500;

export interface RelationTablesOptions {
  readonly manager: Pick<ConnectionManager, 'acquire' | 'connectorFor' | 'readPage'>;
  readonly results: Results;
  readonly files: ResultFiles;
}

/** The rows of relations, read with connections of the pool: no tab of a table keeps one. */
export class RelationTables implements TableService {
  readonly #options: RelationTablesOptions;
  readonly #rows = new Map<string, TableRows>();
  /** The result that each tab shows. */
  readonly #resultOf = new Map<string, string>();

  constructor(options: RelationTablesOptions) {
    this.#options = options;
  }

  async open(
    { tabId, ...query }: z.infer<typeof openTableInputSchema>,
    signal: AbortSignal,
  ): Promise<OpenedTable> {
    await this.close(tabId);
    const { shape, columns, canPage } = await this.#begin(query, signal);
    const writer = await this.#options.results.create(columns, tabId);
    const rows = canPage
      ? new PagedRows(writer, (page, stop, work) => this.#read(query, shape, page, stop, work))
      : new StreamedRows(writer, (stop, work) =>
          this.#read(query, shape, { after: null, limit: null }, stop, work),
        );
    this.#rows.set(writer.id, rows);
    this.#resultOf.set(tabId, writer.id);
    try {
      const progress = await rows.readTo(firstRowCount, signal);
      return { resultId: writer.id, columns: [...columns], links: [...shape.links], progress };
    } catch (error) {
      await this.close(tabId);
      throw error;
    }
  }

  async more(resultId: string, rowCount: number, signal: AbortSignal): Promise<TableProgress> {
    const rows = this.#rows.get(resultId);
    if (rows !== undefined) return rows.readTo(rowCount, signal);
    throw new AppError('NOT_FOUND', {
      title: 'These rows are no longer here',
      fixes: ['Refresh the table.'],
    });
  }

  save(
    { format, suggestedName, ...query }: z.infer<typeof saveTableInputSchema>,
    work: ResultWork,
  ): Promise<SavedFile> {
    const open = async (): Promise<RowStream> => {
      const { manager } = this.#options;
      const lease = await manager.acquire(query.sourceId, work.signal);
      try {
        const { rows: reader } = manager.connectorFor(query.sourceId);
        const shape = await reader.shape(lease.connection, query.relation, { signal: work.signal });
        const page = { ...query, shape, after: null, limit: null };
        const options = { signal: work.signal, limitMs: noLimitMs };
        const rows = await manager.readPage(query.sourceId, lease.connection, page, options);
        return releasedAtEnd(rows, () => lease.release());
      } catch (error) {
        lease.release();
        throw error;
      }
    };
    return this.#options.files.saveRows(open, format, { ...work, suggestedName });
  }

  /** The tab is closed, or shows something else: its reading stops and its rows are dropped. */
  async close(tabId: string): Promise<void> {
    const resultId = this.#resultOf.get(tabId);
    if (resultId === undefined) return;
    this.#resultOf.delete(tabId);
    const rows = this.#rows.get(resultId);
    this.#rows.delete(resultId);
    await rows?.close();
    await this.#options.results.dropAllOf(tabId);
  }

  /** Stops all reading. Never rejects. */
  async stop(): Promise<void> {
    await Promise.all([...this.#rows.values()].map((rows) => rows.close()));
  }

  /** What is known before the first row, and what is wrong with the query before anything is kept. */
  async #begin({ sourceId, relation, sort, filters }: TableQuery, signal: AbortSignal) {
    const { manager } = this.#options;
    const { rows: reader } = manager.connectorFor(sourceId);
    const lease = await manager.acquire(sourceId, signal);
    try {
      const shape: RelationShape = await reader.shape(lease.connection, relation, { signal });
      const none = { sort, filters, after: null, limit: 0 };
      const rows = await reader.readPage(lease.connection, relation, shape, none, { signal });
      await rows.next(1);
      await rows.close();
      return { shape, columns: rows.columns, canPage: reader.canPage(shape, sort) };
    } finally {
      lease.release();
    }
  }

  async #read(
    query: TableQuery,
    shape: RelationShape,
    page: Pick<RowPage, 'after' | 'limit'>,
    signal: AbortSignal,
    work: (rows: RowStream) => Promise<void>,
  ): Promise<void> {
    const { manager } = this.#options;
    const lease = await manager.acquire(query.sourceId, signal);
    try {
      const limits = page.limit === null ? { limitMs: noLimitMs } : {};
      const whole = { ...query, shape, ...page };
      const rows = await manager.readPage(query.sourceId, lease.connection, whole, { signal, ...limits });
      try {
        await work(rows);
      } finally {
        await rows.close();
      }
    } finally {
      lease.release();
    }
  }
}

/** The same rows; the connection is given back when they are closed. */
function releasedAtEnd(rows: RowStream, release: () => void): RowStream {
  let isOver = false;
  return {
    columns: rows.columns,
    next: (maxRows) => rows.next(maxRows),
    nextEncoded: () => rows.nextEncoded(),
    async close() {
      await rows.close();
      if (isOver) return;
      isOver = true;
      release();
    },
  };
}
