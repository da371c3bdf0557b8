/** A cell by its row in the view and its place among the columns shown, from zero. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells; both ends included. */
export interface CellRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** What is selected: rectangles, of which the last one is being stretched. */
export interface GridSelection {
  /** Earlier rectangles, kept with Ctrl. */
  readonly kept: readonly CellRange[];
  /** Two corners of the last rectangle: where it was begun, and the one that Shift moves. */
  readonly anchor: CellPosition;
  readonly focus: CellPosition;
  /** The cell that the keyboard is on, which is kept in view. */
  readonly active: CellPosition;
}

export interface GridSize {
  readonly rowCount: number;
  readonly columnCount: number;
}

export const oneCell = (cell: CellPosition): GridSelection => ({
  kept: [],
  anchor: cell,
  focus: cell,
  active: cell,
});

/** The last rectangle stretched to a cell; that cell alone when nothing was selected. */
export const extendedTo = (selection: GridSelection | null, cell: CellPosition): GridSelection =>
  selection === null ? oneCell(cell) : { ...selection, focus: cell, active: cell };

/** A new rectangle beside those that are selected. */
export const addedCell = (selection: GridSelection | null, cell: CellPosition): GridSelection => ({
  ...oneCell(cell),
  kept: selection === null ? [] : rangesOf(selection),
});

/** How a click selects: alone, stretched with Shift, or beside the others with Ctrl. */
export type SelectMode = 'replace' | 'extend' | 'add';

const keptFor = (selection: GridSelection | null, mode: SelectMode): readonly CellRange[] => {
  if (selection === null || mode === 'replace') return [];
  return mode === 'add' ? rangesOf(selection) : selection.kept;
};

/**
 * Whole rows.
 * @param column which the keyboard is on then
 */
export function wholeRows(
  row: number,
  size: GridSize,
  column: number,
  selection: GridSelection | null,
  mode: SelectMode,
): GridSelection {
  const from = mode === 'extend' ? (selection?.anchor.row ?? row) : row;
  return {
    kept: keptFor(selection, mode),
    anchor: { row: from, column: 0 },
    focus: { row, column: Math.max(0, size.columnCount - 1) },
    active: { row, column },
  };
}

/** Whole columns. The keyboard goes to a row that is in view. */
export function wholeColumns(
  column: number,
  size: GridSize,
  row: number,
  selection: GridSelection | null,
  mode: SelectMode,
): GridSelection {
  const from = mode === 'extend' ? (selection?.anchor.column ?? column) : column;
  return {
    kept: keptFor(selection, mode),
    anchor: { row: 0, column: from },
    focus: { row: Math.max(0, size.rowCount - 1), column },
    active: { row, column },
  };
}

/** Every cell. The keyboard stays where it was, so that the view does not move. */
export const allCells = (size: GridSize, selection: GridSelection | null): GridSelection => ({
  kept: [],
  anchor: { row: 0, column: 0 },
  focus: { row: Math.max(0, size.rowCount - 1), column: Math.max(0, size.columnCount - 1) },
  active: selection?.active ?? { row: 0, column: 0 },
});

export function lastRangeOf({ anchor, focus }: GridSelection): CellRange {
  return {
    firstRow: Math.min(anchor.row, focus.row),
    lastRow: Math.max(anchor.row, focus.row),
    firstColumn: Math.min(anchor.column, focus.column),
    lastColumn: Math.max(anchor.column, focus.column),
  };
}

/** All rectangles, which may overlap. */
export const rangesOf = (selection: GridSelection): readonly CellRange[] => [
  ...selection.kept,
  lastRangeOf(selection),
];

export const isInRange = (range: CellRange, row: number, column: number): boolean =>
  row >= range.firstRow && row <= range.lastRow && column >= range.firstColumn && column <= range.lastColumn;

export const cellCountOf = ({ firstRow, lastRow, firstColumn, lastColumn }: CellRange): number =>
  (lastRow - firstRow + 1) * (lastColumn - firstColumn + 1);

/** The same cells in rectangles that do not overlap, so that none of them counts twice. */
export function disjointRanges(ranges: readonly CellRange[]): CellRange[] {
  const disjoint: CellRange[] = [];
  for (const range of ranges) {
    let rest = [range];
    for (const taken of disjoint) rest = rest.flatMap((piece) => without(piece, taken));
    disjoint.push(...rest);
  }
  return disjoint;
}

/** What is left of a rectangle: above, below, left and right of what is taken away. */
function without(range: CellRange, taken: CellRange): CellRange[] {
  const top = Math.max(range.firstRow, taken.firstRow);
  const bottom = Math.min(range.lastRow, taken.lastRow);
  const left = Math.max(range.firstColumn, taken.firstColumn);
  const right = Math.min(range.lastColumn, taken.lastColumn);
  if (top > bottom || left > right) return [range];
  return [
    { ...range, lastRow: top - 1 },
    { ...range, firstRow: bottom + 1 },
    { firstRow: top, lastRow: bottom, firstColumn: range.firstColumn, lastColumn: left - 1 },
    { firstRow: top, lastRow: bottom, firstColumn: right + 1, lastColumn: range.lastColumn },
  ].filter(
    ({ firstRow, lastRow, firstColumn, lastColumn }) => firstRow <= lastRow && firstColumn <= lastColumn,
  );
}

/** The selection in a grid that has become smaller; null when nothing is left. */
export function boundedTo(selection: GridSelection, size: GridSize): GridSelection | null {
  if (size.rowCount === 0 || size.columnCount === 0) return null;
  const { active } = selection;
  return active.row < size.rowCount && active.column < size.columnCount
    ? selection
    : oneCell({
        row: Math.min(active.row, size.rowCount - 1),
        column: Math.min(active.column, size.columnCount - 1),
      });
}
