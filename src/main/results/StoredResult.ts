import { randomUUID } from 'node:crypto';
import type {
  Arranged,
  ArrangeInput,
  CopyInput,
  FindInput,
  Found,
  ResultColumn,
  ResultWindow,
  SelectedRange,
  SelectionInput,
  Summary,
  ViewId,
  WindowInput,
} from '../../shared/model/results.ts';
import { unboundedController } from '../base/abort.ts';
import { Pace } from '../base/async/Pace.ts';
import type { Clock } from '../base/Clock.ts';
import type { EncodedRows } from '../connectors/RowStream.ts';
import { arrangeRows } from './arranging/arrangeRows.ts';
import { findText } from './arranging/findText.ts';
import type { RowOrder } from './arranging/RowOrder.ts';
import { readOrdered } from './arranging/readOrdered.ts';
import type { RowSource } from './files/RowText.ts';
import { ProgressReport } from './ProgressReport.ts';
import type { ResultWork } from './Results.ts';
import { resultGone, workFailed } from './resultErrors.ts';
import type { SqlQuoting } from './selecting/copyFormats.ts';
import { type CopiedText, copyText } from './selecting/copyText.ts';
import { summarise } from './selecting/summarise.ts';
import { CellReader } from './spool/CellReader.ts';
import { readBlocks } from './spool/readBlocks.ts';
import type { Spool } from './spool/Spool.ts';
import { WindowReader } from './spool/WindowReader.ts';

export interface StoredResultOptions {
  readonly owner: string;
  readonly columns: readonly ResultColumn[];
  readonly spool: Spool;
  readonly clock: Clock;
}

/** The window looks at one, and may still look at the one before while it changes. */
const maxViews = 4;

interface RowRange {
  readonly from: number;
  readonly to: number;
}

const throwWorkFailed = (error: unknown): never => {
  throw workFailed(error);
};

/** One result as the window knows it: its columns, its rows in the spool, and its views. */
export class StoredResult {
  readonly owner: string;
  readonly columns: readonly ResultColumn[];
  readonly spool: Spool;
  readonly cells: CellReader;
  readonly #clock: Clock;
  readonly #views = new Map<string, RowOrder>();
  readonly #dropping = unboundedController();

  constructor({ owner, columns, spool, clock }: StoredResultOptions) {
    this.#clock = clock;
    this.owner = owner;
    this.columns = columns;
    this.spool = spool;
    this.cells = new CellReader(spool);
  }

  /** Aborts when it is dropped: nothing that works on it goes on. */
  get dropped(): AbortSignal {
    return this.#dropping.signal;
  }

  async window({ viewId, fromRow, rowCount, fromColumn, columnCount }: WindowInput): Promise<ResultWindow> {
    const order = this.order(viewId);
    const count = Math.max(0, Math.min(rowCount, this.rowCountOf(viewId) - fromRow));
    const positions =
      order === null
        ? Uint32Array.from({ length: count }, (_, index) => fromRow + index)
        : await order.positions(fromRow, count);
    const columns = { from: fromColumn, to: fromColumn + columnCount };
    const rows = await new WindowReader(this.spool, columns, count).read(positions);
    return { rows, positions: order === null ? null : [...positions] };
  }

  /** The row of the result that a row of a view is. @throws NOT_FOUND when there is none */
  async rowOf(viewId: ViewId, row: number): Promise<number> {
    if (row >= this.rowCountOf(viewId)) throw resultGone();
    const order = this.order(viewId);
    return order === null ? row : ((await order.positions(row, 1))[0] ?? 0);
  }

  /** The order of the rows in a view; null as they came. @throws NOT_FOUND */
  order(viewId: ViewId): RowOrder | null {
    if (viewId === null) return null;
    const view = this.#views.get(viewId);
    if (view === undefined) throw resultGone();
    return view;
  }

  /**
   * Its rows, to be written.
   * @param columns by position, in this order; null: all of them
   * @param rows of the view, inclusive; null: all that are there
   * @throws NOT_FOUND
   */
  source(viewId: ViewId, columns: readonly number[] | null, rows: RowRange | null): RowSource {
    const picked = columns?.filter((column) => column < this.columns.length) ?? null;
    const total = this.rowCountOf(viewId);
    const from = Math.min(rows?.from ?? 0, total);
    const to = Math.max(from, Math.min(rows === null ? total : rows.to + 1, total));
    return { columns: this.columns, picked, rowsTotal: to - from, blocks: this.blocks(viewId, from, to) };
  }

  /** Rows of a view, `to` not among them. @throws NOT_FOUND */
  blocks(viewId: ViewId, from: number, to: number): AsyncIterable<EncodedRows> {
    const order = this.order(viewId);
    return order === null
      ? readBlocks(this.spool, from, to)
      : readOrdered(this.spool, order, from, to, new Pace(this.#clock));
  }

  /**
   * Makes a view; the oldest is forgotten when there are many.
   * @throws the abort's reason, DISK_FULL, NOT_FOUND
   */
  async arrange({ sort, filters }: ArrangeInput, work: ResultWork): Promise<Arranged> {
    for (const { column } of [...sort, ...filters]) this.requireColumn(column);
    if (sort.length === 0 && filters.length === 0) return { viewId: null, rowCount: this.spool.rowCount };
    const order = await arrangeRows(
      { sort, filters },
      { ...this.#reading(null, work), spool: this.spool, newFile: () => this.spool.newFile() },
    ).catch(throwWorkFailed);
    if (this.dropped.aborted) {
      await order.remove();
      throw resultGone();
    }
    const viewId = randomUUID();
    this.#views.set(viewId, order);
    await this.#forgetOldViews();
    return { viewId, rowCount: order.rowCount };
  }

  /** @throws the abort's reason, NOT_FOUND */
  find(input: FindInput, work: ResultWork): Promise<Found> {
    const reading = this.#reading(input.viewId, work);
    return findText(input, {
      ...reading,
      rowCount: this.rowCountOf(input.viewId),
      columnCount: this.columns.length,
    });
  }

  /** @throws the abort's reason, DISK_FULL, NOT_FOUND */
  summary({ viewId, ranges }: SelectionInput, work: ResultWork): Promise<Summary> {
    return summarise(this.#selected(viewId, ranges), {
      ...this.#reading(viewId, work),
      newFile: () => this.spool.newFile(),
    }).catch(throwWorkFailed);
  }

  /** What is selected as text. @throws TOO_LARGE, the abort's reason, NOT_FOUND */
  text(
    { viewId, ranges, format, withHeader, target }: CopyInput,
    quoting: SqlQuoting,
    work: ResultWork,
  ): Promise<CopiedText> {
    const relation = target?.relation ?? null;
    const options = { ...this.#reading(viewId, work), format, withHeader, quoting, relation };
    return copyText(this.#selected(viewId, ranges), options);
  }

  rowCountOf(viewId: ViewId): number {
    return this.order(viewId)?.rowCount ?? this.spool.rowCount;
  }

  /** @throws NOT_FOUND for a column that it does not have */
  requireColumn(column: number): void {
    if (column >= this.columns.length) throw resultGone();
  }

  /** What all work on rows needs. */
  #reading(viewId: ViewId, work: ResultWork) {
    return {
      columns: this.columns,
      blocks: (from: number, to: number) => this.blocks(viewId, from, to),
      pace: new Pace(this.#clock, AbortSignal.any([work.signal, this.dropped])),
      progress: new ProgressReport(work, this.#clock),
    };
  }

  /** Ranges without the rows that are not there. @throws NOT_FOUND for a column that is not there */
  #selected(viewId: ViewId, ranges: readonly SelectedRange[]): SelectedRange[] {
    const total = this.rowCountOf(viewId);
    return ranges.flatMap((range) => {
      for (const column of range.columns) this.requireColumn(column);
      const toRow = Math.min(range.toRow, total - 1);
      return range.fromRow > toRow ? [] : [{ ...range, toRow }];
    });
  }

  async #forgetOldViews(): Promise<void> {
    for (const [viewId, order] of this.#views) {
      if (this.#views.size <= maxViews) return;
      this.#views.delete(viewId);
      await order.remove();
    }
  }

  /** Removes its files, and ends what works on it. Never rejects. */
  async drop(): Promise<void> {
    this.#dropping.abort(resultGone());
    for (const order of this.#views.values()) await order.remove();
    this.#views.clear();
    await this.spool.remove();
  }
}
