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
import type { ReadableRelation, RowPage } from '../../connectors/Catalogue.ts';
import type { RowStream } from '../../connectors/RowStream.ts';
import type { ResultFiles, Results, ResultWork } from '../../results/Results.ts';
import type { ConnectionManager } from '../../sessions/ConnectionManager.ts';
import type { TableService } from '../QueryService.ts';
import { longPage, PagedRows } from './PagedRows.ts';
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
  /** By the id of the result. */
  readonly #open = new Map<string, { readonly tabId: string; readonly rows: TableRows }>();

  constructor(options: RelationTablesOptions) {
    this.#options = options;
  }

  async open(
    { tabId, ...query }: z.infer<typeof openTableInputSchema>,
    signal: AbortSignal,
  ): Promise<OpenedTable> {
    await this.close(tabId);
    const { relation, columns } = await this.#begin(query, signal);
    const writer = await this.#options.results.create(columns, tabId);
    const key = relation.pageKey(query.sort);
    const rows =
      key === null
        ? new StreamedRows(writer, (stop, work) =>
            this.#read(query, relation, { after: null, limit: null }, stop, work),
          )
        : new PagedRows(writer, key, (page, stop, work) => this.#read(query, relation, page, stop, work));
    this.#open.set(writer.id, { tabId, rows });
    try {
      const progress = await rows.readTo(firstRowCount, signal);
      const here = { filters: [], sort: false };
      return {
        resultId: writer.id,
        columns: [...columns],
        links: [...relation.links],
        progress,
        viewId: null,
        here,
      };
    } catch (error) {
      await this.#drop(writer.id);
      throw error;
    }
  }

  async more(resultId: string, rowCount: number, signal: AbortSignal): Promise<TableProgress> {
    const table = this.#open.get(resultId);
    if (table !== undefined) return table.rows.readTo(rowCount, signal);
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
        const relation = await reader.find(lease.connection, query.relation, { signal: work.signal });
        const page = { ...query, after: null, limit: null };
        const options = { signal: work.signal, limitMs: noLimitMs };
        const rows = await manager.readPage(query.sourceId, lease.connection, relation, page, options);
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
    const ids = [...this.#open].flatMap(([id, table]) => (table.tabId === tabId ? [id] : []));
    await Promise.all(ids.map((id) => this.#drop(id)));
  }

  /** Stops all reading. Never rejects. */
  async stop(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ rows }) => rows.close()));
  }

  async #drop(resultId: string): Promise<void> {
    const table = this.#open.get(resultId);
    if (table === undefined) return;
    this.#open.delete(resultId);
    await table.rows.close();
    // One that the window has dropped by itself is gone already.
    await this.#options.results.drop(resultId).catch(() => undefined);
  }

  /** What is known before the first row, and what is wrong with the query before anything is kept. */
  async #begin({ sourceId, relation: ref, sort, filters }: TableQuery, signal: AbortSignal) {
    const { manager } = this.#options;
    const { rows: reader } = manager.connectorFor(sourceId);
    const lease = await manager.acquire(sourceId, signal);
    try {
      const relation = await reader.find(lease.connection, ref, { signal });
      const none = { sort, filters, after: null, limit: 0 };
      const rows = await relation.readPage(lease.connection, none, { signal });
      await rows.next(1);
      await rows.close();
      return { relation, columns: rows.columns };
    } finally {
      lease.release();
    }
  }

  async #read(
    query: TableQuery,
    relation: ReadableRelation,
    page: Pick<RowPage, 'after' | 'limit'>,
    signal: AbortSignal,
    work: (rows: RowStream) => Promise<void>,
  ): Promise<void> {
    const { manager } = this.#options;
    const lease = await manager.acquire(query.sourceId, signal);
    try {
      const isLong = page.limit === null || page.limit > longPage;
      const limits = isLong ? { limitMs: noLimitMs } : {};
      const whole = { ...query, ...page };
      const options = { signal, ...limits };
      const rows = await manager.readPage(query.sourceId, lease.connection, relation, whole, options);
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
