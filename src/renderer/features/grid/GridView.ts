import type { ResultWindow, WindowInput } from '../../../shared/model/results.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { type GridState, type GridStore, rowCountOf } from './createGridStore.ts';
import type { Arrangement } from './gridTypes.ts';
import type { GridModel } from './painting/GridModel.ts';
import { GridPainter, type ShownArea } from './painting/GridPainter.ts';
import { rangesOf } from './selection/gridSelection.ts';
import { pageColumnCount, pageRowCount } from './window/pages.ts';
import { WindowCache } from './window/WindowCache.ts';

/** So many rows before the end of what has come, more are asked for. */
const needAheadRows = 400;
const leastMoreRows = 2_000;
const mostMoreRows = 50_000;

/** What comes from outside of the grid and may change at any time. */
export interface GridExtras {
  /** Of a server; null when the grid sorts by itself. */
  readonly arrangement: Arrangement | null;
  readonly linkColumns: ReadonlySet<number>;
  readonly onNeedRows: ((upTo: number) => void) | null;
}

interface GridViewOptions {
  readonly store: GridStore;
  readonly gridId: string;
  readonly extras: () => GridExtras;
  readonly read: (input: WindowInput, signal: AbortSignal) => Promise<ResultWindow>;
}

/** A grid on the screen: follows its store, draws, and fetches the cells that are in view. */
export class GridView {
  readonly painter: GridPainter;
  readonly #options: GridViewOptions;
  readonly #viewport: HTMLElement;
  readonly #stop: () => void;
  #cache: WindowCache | null = null;
  /** The result and the view that the cache is of. */
  #cacheKey = '';
  #drawn: GridState | null = null;
  #neededRows = 0;

  constructor(viewport: HTMLElement, options: GridViewOptions) {
    this.#options = options;
    this.#viewport = viewport;
    this.painter = new GridPainter(viewport, (area) => this.#shown(area));
    this.#stop = options.store.subscribe(() => this.refresh());
    this.refresh();
  }

  /** Draws what the store and the extras are now. */
  refresh(): void {
    const state = this.#options.store.getState();
    const isNew = this.#renewCache(state);
    const rowCount = rowCountOf(state);
    this.#describe(state);
    this.#cache?.setRowCount(rowCount);
    if (state.result === null) {
      this.painter.clear();
      return;
    }
    if (!state.isFitted) {
      // Rows of another result do not stand below its name.
      if (isNew) this.painter.clear();
      if (rowCount > 0) this.#wantFirst(state);
      return;
    }
    const active = state.selection?.active;
    const hasMoved = active !== undefined && active !== this.#drawn?.selection?.active;
    this.#drawn = state;
    this.painter.update(this.#modelOf(state));
    if (isNew) this.painter.scrollToStart();
    if (hasMoved) this.painter.reveal(active);
  }

  cellAt(row: number, position: number) {
    return this.#cache?.cellAt(row, position);
  }

  /** Reads again what could not be read. */
  retry(): void {
    this.#options.store.getState().setProblem(null);
    this.#cache?.retry();
  }

  dispose(): void {
    this.#stop();
    this.painter.dispose();
    this.#cache?.dispose();
  }

  /** While rows come this changes five times a second, for which React would draw all that is around the cells. */
  #describe(state: GridState): void {
    const viewport = this.#viewport;
    viewport.ariaRowCount = String(rowCountOf(state) + 1);
    viewport.ariaColCount = String(state.geometry.layout.order.length + 1);
    viewport.ariaBusy = String(state.isArranging || state.result === null);
    viewport.hidden = state.result?.columns.length === 0;
  }

  /** @returns whether other rows are shown from now on */
  #renewCache({ result, viewId }: GridState): boolean {
    const key = result === null ? '' : `${result.resultId}/${viewId ?? ''}`;
    if (key === this.#cacheKey) return false;
    this.#cacheKey = key;
    this.#neededRows = 0;
    this.#cache?.dispose();
    this.#cache =
      result === null
        ? null
        : new WindowCache({
            resultId: result.resultId,
            viewId,
            columnCount: result.columns.length,
            read: this.#options.read,
            onArrival: () => this.#arrived(),
            onFailure: (error) => this.#failed(error),
          });
    return true;
  }

  #modelOf(state: GridState): GridModel {
    const { arrangement, linkColumns } = this.#options.extras();
    const { sort, filters } = arrangement ?? state.arrangement;
    const cache = this.#cache;
    return {
      gridId: this.#options.gridId,
      columns: state.result?.columns ?? [],
      geometry: state.geometry,
      rowCount: rowCountOf(state),
      selection: state.selection,
      ranges: state.selection === null ? [] : rangesOf(state.selection),
      sort,
      filters,
      linkColumns,
      cellAt: (row, position) => cache?.cellAt(row, position),
    };
  }

  #wantFirst({ result }: GridState): void {
    const columns = Array.from(
      { length: Math.min(pageColumnCount, result?.columns.length ?? 0) },
      (_, at) => at,
    );
    this.#cache?.want({ firstRow: 0, lastRow: pageRowCount - 1, columns, direction: 0 });
  }

  #arrived(): void {
    const state = this.#options.store.getState();
    if (state.isFitted) this.painter.paint();
    else state.fit((row, position) => this.cellAt(row, position), this.painter.roomFor(rowCountOf(state)));
  }

  #failed(error: unknown): void {
    const dto = errorDtoOf(error);
    if (dto.code !== 'CANCELLED') this.#options.store.getState().setProblem(dto);
  }

  #shown({ firstRow, lastRow, positions, direction }: ShownArea): void {
    this.#cache?.want({ firstRow, lastRow, columns: positions, direction });
    const { result, viewId } = this.#options.store.getState();
    const { onNeedRows } = this.#options.extras();
    if (onNeedRows === null || result === null || result.isComplete || viewId !== null) return;
    const isNearEnd = lastRow + needAheadRows >= result.rowCount;
    if (!isNearEnd || this.#neededRows > result.rowCount) return;
    // The further somebody has come, the more they are likely to want.
    this.#neededRows = result.rowCount + Math.max(leastMoreRows, Math.min(mostMoreRows, result.rowCount));
    onNeedRows(this.#neededRows);
  }
}
