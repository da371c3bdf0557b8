import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { Arranged, ArrangeInput, ViewId, WindowCell } from '../../../shared/model/results.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { type ColumnGeometry, type ColumnLayout, firstLayout, geometryOf } from './columns/columnLayout.ts';
import { fittingWidths, headerWidths } from './columns/columnWidths.ts';
import type { Arrangement, GridResult } from './gridTypes.ts';
import { boundedTo, type GridSelection, type GridSize } from './selection/gridSelection.ts';

/** Rows whose cells decide about the first width of a column. */
const sampleRowCount = 100;

export interface GridState {
  readonly result: GridResult | null;
  readonly viewId: ViewId;
  /** Rows of the view; null when the view is the result itself. */
  readonly viewRowCount: number | null;
  /** How the spool is sorted and filtered, or is about to be. */
  readonly arrangement: Arrangement;
  readonly isArranging: boolean;
  readonly geometry: ColumnGeometry;
  /** The widths of the columns follow from their cells. Before that nothing is drawn, so that nothing jumps. */
  readonly isFitted: boolean;
  readonly selection: GridSelection | null;
  /** Why cells could not be read, or the result not be sorted. */
  readonly problem: ErrorDto | null;
}

export interface GridPorts {
  readonly arrange: (input: ArrangeInput, signal: AbortSignal) => Promise<Arranged>;
}

interface ActiveCell {
  readonly row: number;
  readonly position: number;
}

export const noArrangement: Arrangement = { sort: [], filters: [] };

const emptyGrid: GridState = {
  result: null,
  viewId: null,
  viewRowCount: null,
  arrangement: noArrangement,
  isArranging: false,
  geometry: geometryOf(firstLayout([])),
  isFitted: false,
  selection: null,
  problem: null,
};

export interface GridActionsOfStore {
  /** Another result, or the same with more rows. */
  readonly show: (result: GridResult | null) => void;
  /** Chooses the first widths by the cells that are here. @param roomPx what all columns may take without scrolling */
  readonly fit: (cellAt: (row: number, position: number) => WindowCell | undefined, roomPx: number) => void;
  readonly setLayout: (change: (layout: ColumnLayout) => ColumnLayout) => void;
  readonly select: (selection: GridSelection | null) => void;
  /** Sorts and filters the spool. What ran before is given up. */
  readonly arrange: (arrangement: Arrangement) => Promise<void>;
  readonly setProblem: (problem: ErrorDto | null) => void;
}

export type GridStore = StoreApi<GridState & GridActionsOfStore>;

export const rowCountOf = ({ viewRowCount, result }: GridState): number =>
  viewRowCount ?? result?.rowCount ?? 0;

export const sizeOf = (state: GridState): GridSize => ({
  rowCount: rowCountOf(state),
  columnCount: state.geometry.layout.order.length,
});

/** The cell that the keyboard is on, by its position in the result; null when nothing is selected. */
export function activeCellOf({ selection, geometry }: GridState): ActiveCell | null {
  if (selection === null) return null;
  const { row, column } = selection.active;
  const position = geometry.layout.order[column];
  return position === undefined ? null : { row, position };
}

const hasColumnsOf = (one: GridResult | null, other: GridResult): boolean =>
  one !== null &&
  one.columns.length === other.columns.length &&
  one.columns.every(
    ({ name, type }, at) => other.columns[at]?.name === name && other.columns[at]?.type === type,
  );

/** A new result: columns that are the same keep their widths and their order. */
function withNewResult(state: GridState, result: GridResult | null): Partial<GridState> {
  if (result === null) return emptyGrid;
  const keepsColumns = hasColumnsOf(state.result, result);
  return {
    ...emptyGrid,
    result,
    viewId: result.viewId ?? null,
    geometry: keepsColumns ? state.geometry : geometryOf(firstLayout(headerWidths(result.columns))),
    isFitted: (keepsColumns && state.isFitted) || (result.isComplete && result.rowCount === 0),
  };
}

type SetState = (change: Partial<GridState>) => void;

/** Sorts and filters a result, one wish at a time: a new one gives up the one before. */
class Arranger {
  readonly #ports: GridPorts;
  readonly #set: SetState;
  #running: AbortController | null = null;
  /** What the view shows, whatever is wished. */
  #applied = noArrangement;

  constructor(ports: GridPorts, set: SetState) {
    this.#ports = ports;
    this.#set = set;
  }

  /** Another result, which is shown as it comes. */
  reset(): void {
    this.#running?.abort();
    this.#running = null;
    this.#applied = noArrangement;
  }

  async arrange({ resultId }: GridResult, arrangement: Arrangement): Promise<void> {
    this.#running?.abort();
    this.#running = null;
    if (arrangement.sort.length + arrangement.filters.length === 0) {
      this.#show(arrangement, { viewId: null, rowCount: 0 });
      return;
    }
    const controller = new AbortController();
    this.#running = controller;
    this.#set({ arrangement, isArranging: true, problem: null });
    const input = { resultId, sort: [...arrangement.sort], filters: [...arrangement.filters] };
    try {
      const view = await this.#ports.arrange(input, controller.signal);
      if (this.#running === controller) this.#show(arrangement, view);
    } catch (error) {
      if (this.#running === controller) this.#goBack(error);
    }
  }

  #show(arrangement: Arrangement, { viewId, rowCount }: Arranged): void {
    this.#applied = arrangement;
    const viewRowCount = viewId === null ? null : rowCount;
    this.#set({ arrangement, viewId, viewRowCount, isArranging: false, selection: null });
  }

  #goBack(error: unknown): void {
    const dto = errorDtoOf(error);
    const problem = dto.code === 'CANCELLED' ? null : dto;
    this.#set({ arrangement: this.#applied, isArranging: false, problem });
  }
}

/** State of one grid: which rows it shows of a result, in which columns, and what is selected. */
export function createGridStore(ports: GridPorts): GridStore {
  return createStore<GridState & GridActionsOfStore>()((set, get) => {
    const arranger = new Arranger(ports, set);
    return {
      ...emptyGrid,

      show(result) {
        const before = get();
        const isOther =
          result === null ||
          result.resultId !== before.result?.resultId ||
          result.viewId !== before.result?.viewId;
        if (isOther) {
          arranger.reset();
          set(withNewResult(before, result));
          return;
        }
        const isFitted = before.isFitted || (result.isComplete && result.rowCount === 0);
        set({ result, isFitted });
        // A view has the rows that were there when it was made.
        const hasEnded = result.isComplete && !before.result.isComplete;
        if (hasEnded && (before.viewId !== null || before.isArranging)) {
          void arranger.arrange(result, before.arrangement);
        }
      },

      fit(cellAt, roomPx) {
        const { result, geometry } = get();
        if (result === null) return;
        const rowCount = Math.min(sampleRowCount, rowCountOf(get()));
        const cellsOf = (position: number) =>
          Array.from({ length: rowCount }, (_, row) => cellAt(row, position));
        const widths = fittingWidths(result.columns, cellsOf, roomPx);
        set({ isFitted: true, geometry: geometryOf({ ...geometry.layout, widths }) });
      },

      setLayout(change) {
        const { geometry, selection } = get();
        const layout = change(geometry.layout);
        if (layout === geometry.layout) return;
        set({ geometry: geometryOf(layout) });
        if (selection !== null) set({ selection: boundedTo(selection, sizeOf(get())) });
      },

      select: (selection) => set({ selection }),
      arrange(arrangement) {
        const { result } = get();
        return result === null ? Promise.resolve() : arranger.arrange(result, arrangement);
      },
      setProblem: (problem) => set({ problem }),
    };
  });
}
