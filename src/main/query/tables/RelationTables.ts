import { randomUUID } from 'node:crypto';
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
import type { ResultFiles, Results, ResultWork, ResultWriter } from '../../results/Results.ts';
import type { ConnectionManager } from '../../sessions/ConnectionManager.ts';
import type { TableService } from '../QueryService.ts';
import { arrangingOf, askedOf, leftHere, readAll } from './arrangedHere.ts';
import { longPage, PagedRows } from './PagedRows.ts';
import { PulledRows } from './PulledRows.ts';
import { releasedAtEnd } from './releasedAtEnd.ts';
import { StreamedRows } from './StreamedRows.ts';
import { noLimitMs, type TableRows } from './TableRows.ts';

/** Rows that are there when a table opens. */
const firstRowCount = 500;

export interface RelationTablesOptions {
  readonly manager: Pick<ConnectionManager, 'acquire' | 'connectorFor' | 'readPage' | 'withConnection'>;
  readonly results: Results;
  readonly files: ResultFiles;
}

/** A table that a tab shows. */
interface OpenTable {
  readonly tabId: string;
  readonly relation: ReadableRelation;
  readonly columns: RowStream['columns'];
  readonly rows: TableRows;
  query: TableQuery;
  /** Rows of the view that was made here; null while the result itself is shown. */
  arrangedCount: number | null;
}

/** The rows of relations, read with connections of the pool: no tab of a table keeps one. */
export class RelationTables implements TableService {
  readonly #options: RelationTablesOptions;
  /** By the id of the result. */
  readonly #open = new Map<string, OpenTable>();

  constructor(options: RelationTablesOptions) {
    this.#options = options;
  }

  async open(
    { tabId, ...query }: z.infer<typeof openTableInputSchema>,
    signal: AbortSignal,
    onProgress?: ResultWork['onProgress'],
  ): Promise<OpenedTable> {
    const work = { signal, ...(onProgress !== undefined && { onProgress }) };
    const kept = this.#kept(tabId, query);
    if (kept !== null) return this.#show(kept, query, work);
    await this.close(tabId);
    const { relation, columns } = await this.#begin(query, signal);
    const writer = await this.#options.results.create(columns, tabId);
    const rows = this.#rowsOf(writer, relation, query);
    const table: OpenTable = { tabId, relation, columns, rows, query, arrangedCount: null };
    this.#open.set(writer.id, table);
    try {
      return await this.#show(table, query, work);
    } catch (error) {
      await this.#drop(writer.id);
      throw error;
    }
  }

  /** The rows of the tab, where only what is done here is another: they are not asked for again. */
  #kept(tabId: string, query: TableQuery): OpenTable | null {
    const table = [...this.#open.values()].find((each) => each.tabId === tabId);
    if (table === undefined || !(table.rows instanceof PulledRows) || table.rows.hasFailed) return null;
    // The same once more is a wish for new rows.
    if (JSON.stringify(table.query) === JSON.stringify(query)) return null;
    return askedOf(table.relation, table.query) === askedOf(table.relation, query) ? table : null;
  }

  /** Reads what is shown at first: some rows, or all of them where the server leaves work to do here. */
  async #show(table: OpenTable, query: TableQuery, work: ResultWork): Promise<OpenedTable> {
    const { columns, relation, rows } = table;
    const resultId = rows.writer.id;
    const here = leftHere(relation, query);
    const common = { resultId, columns: [...columns], links: [...relation.links], here };
    if (here.filters.length === 0 && !here.sort) {
      const progress = await rows.readTo(firstRowCount, work.signal);
      table.query = query;
      table.arrangedCount = null;
      return { ...common, progress, viewId: null };
    }
    await readAll(rows, work);
    const arranged = await this.#options.results.arrange(arrangingOf(resultId, query, here), work);
    table.query = query;
    table.arrangedCount = arranged.rowCount;
    const progress = { rowCount: arranged.rowCount, isComplete: true };
    return { ...common, progress, viewId: arranged.viewId };
  }

  async more(resultId: string, rowCount: number, signal: AbortSignal): Promise<TableProgress> {
    const table = this.#open.get(resultId);
    if (table?.arrangedCount != null) return { rowCount: table.arrangedCount, isComplete: true };
    if (table !== undefined) return table.rows.readTo(rowCount, signal);
    throw new AppError('NOT_FOUND', {
      title: 'These rows are no longer here',
      fixes: ['Refresh the table.'],
    });
  }

  async save(input: z.infer<typeof saveTableInputSchema>, work: ResultWork): Promise<SavedFile> {
    const { format, suggestedName, ...query } = input;
    if (await this.#isArrangedHere(query, work.signal)) return this.#saveArranged(input, work);
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

  /** Whether the server leaves some of the filters, or the order, to be done here. */
  async #isArrangedHere(query: TableQuery, signal: AbortSignal): Promise<boolean> {
    if (query.sort.length + query.filters.length === 0) return false;
    const { manager } = this.#options;
    const { rows } = manager.connectorFor(query.sourceId);
    const relation = await manager.withConnection(query.sourceId, signal, (connection) =>
      rows.find(connection, query.relation, { signal }),
    );
    const here = leftHere(relation, query);
    return here.sort || here.filters.length > 0;
  }

  /** Where the server cannot arrange its rows, they are read to a result of their own first. */
  async #saveArranged(
    { format, suggestedName, ...query }: z.infer<typeof saveTableInputSchema>,
    work: ResultWork,
  ): Promise<SavedFile> {
    const tabId = randomUUID();
    try {
      const { resultId, viewId, progress } = await this.open(
        { tabId, ...query },
        work.signal,
        work.onProgress,
      );
      const table = this.#open.get(resultId);
      if (table !== undefined && !progress.isComplete) await readAll(table.rows, work);
      const whole = { columns: null, rows: null, format, suggestedName };
      return await this.#options.results.save({ resultId, viewId, ...whole }, work);
    } finally {
      await this.close(tabId);
    }
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

  #rowsOf(writer: ResultWriter, relation: ReadableRelation, query: TableQuery): TableRows {
    const { manager } = this.#options;
    const key = relation.pageKey(query.sort);
    if (key !== null) {
      return new PagedRows(writer, key, (page, stop, work) => this.#read(query, relation, page, stop, work));
    }
    const whole = { after: null, limit: null };
    if (relation.pullPage === undefined) {
      return new StreamedRows(writer, (stop, work) => this.#read(query, relation, whole, stop, work));
    }
    const pullPage = relation.pullPage.bind(relation);
    return new PulledRows(writer, {
      withConnection: (signal, work) => manager.withConnection(query.sourceId, signal, work),
      open: (connection, signal) => pullPage(connection, { ...query, ...whole }, { signal }),
    });
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
