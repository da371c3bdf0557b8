import type { ResultColumn, ResultWindow, ViewId, WindowInput } from '../../shared/model/results.ts';
import { unboundedController } from '../base/abort.ts';
import type { RowOrder } from './arranging/RowOrder.ts';
import { resultGone } from './resultErrors.ts';
import { CellReader } from './spool/CellReader.ts';
import type { Spool } from './spool/Spool.ts';
import { WindowReader } from './spool/WindowReader.ts';

export interface StoredResultOptions {
  readonly owner: string;
  readonly columns: readonly ResultColumn[];
  readonly spool: Spool;
}

/** One result as the window knows it: its columns, its rows in the spool, and its views. */
export class StoredResult {
  readonly owner: string;
  readonly columns: readonly ResultColumn[];
  readonly spool: Spool;
  readonly cells: CellReader;
  readonly #views = new Map<string, RowOrder>();
  readonly #dropping = unboundedController();

  constructor({ owner, columns, spool }: StoredResultOptions) {
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
    const total = order?.rowCount ?? this.spool.rowCount;
    const count = Math.max(0, Math.min(rowCount, total - fromRow));
    const columns = { from: fromColumn, to: fromColumn + columnCount };
    const reader = new WindowReader(this.spool, columns, count);
    if (order === null) {
      return {
        rows: await reader.read(Uint32Array.from({ length: count }, (_, index) => fromRow + index)),
        positions: null,
      };
    }
    const positions = await order.positions(fromRow, count);
    return { rows: await reader.read(positions), positions: [...positions] };
  }

  /** The row of the result that a row of a view is. @throws NOT_FOUND when there is none */
  async rowOf(viewId: ViewId, row: number): Promise<number> {
    const order = this.order(viewId);
    if (row >= (order?.rowCount ?? this.spool.rowCount)) throw resultGone();
    return order === null ? row : ((await order.positions(row, 1))[0] ?? 0);
  }

  /** The order of the rows in a view; null as they came. @throws NOT_FOUND */
  order(viewId: ViewId): RowOrder | null {
    if (viewId === null) return null;
    const view = this.#views.get(viewId);
    if (view === undefined) throw resultGone();
    return view;
  }

  /** Removes its files, and ends what works on it. Never rejects. */
  async drop(): Promise<void> {
    this.#dropping.abort(resultGone());
    await this.spool.remove();
  }
}
