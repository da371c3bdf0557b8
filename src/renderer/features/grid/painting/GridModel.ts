import type { ColumnFilter, ResultColumn, SortKey, WindowCell } from '../../../../shared/model/results.ts';
import type { ColumnGeometry } from '../columns/columnLayout.ts';
import type { CellRange, GridSelection } from '../selection/gridSelection.ts';

export const rowHeightPx = 24;
export const headerHeightPx = 40;

/** What the grid shows at a moment. Columns by their position in the result, unless they are called places. */
export interface GridModel {
  /** Begins the ids of cells. */
  readonly gridId: string;
  readonly columns: readonly ResultColumn[];
  readonly geometry: ColumnGeometry;
  /** Rows that can be scrolled to. */
  readonly rowCount: number;
  readonly selection: GridSelection | null;
  /** The rectangles of the selection. */
  readonly ranges: readonly CellRange[];
  readonly sort: readonly SortKey[];
  readonly filters: readonly ColumnFilter[];
  /** Columns from which a foreign key leaves. */
  readonly linkColumns: ReadonlySet<number>;
  /** Undefined while it is not here. */
  readonly cellAt: (row: number, position: number) => WindowCell | undefined;
}

const numericKinds: ReadonlySet<ResultColumn['kind']> = new Set(['integer', 'decimal', 'float']);

/** Whether values of a column line up at the right. */
export const isNumeric = ({ kind }: ResultColumn): boolean => numericKinds.has(kind);
