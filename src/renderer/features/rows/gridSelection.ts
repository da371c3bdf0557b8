/** A cell by its place, from zero. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells between two corners: where it was begun, and the one that Shift moves. */
export interface GridSelection {
  readonly anchor: CellPosition;
  readonly focus: CellPosition;
  /** The cell that the keyboard is on, which is kept in view. */
  readonly active: CellPosition;
}

/** First and last row and column of a selection, both included. */
export interface CellRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

export const oneCell = (cell: CellPosition): GridSelection => ({ anchor: cell, focus: cell, active: cell });

/** The selection stretched to a cell; that cell alone when there was none. */
export const extendedTo = (selection: GridSelection | null, cell: CellPosition): GridSelection => ({
  anchor: selection?.anchor ?? cell,
  focus: cell,
  active: cell,
});

/**
 * All cells of a row, or of the rows from the anchor of a selection that is stretched.
 * @param cell of that row, which the keyboard is on then
 */
export const wholeRows = (
  cell: CellPosition,
  columnCount: number,
  stretched: GridSelection | null,
): GridSelection => ({
  anchor: { row: stretched?.anchor.row ?? cell.row, column: 0 },
  focus: { row: cell.row, column: columnCount - 1 },
  active: cell,
});

/** Every cell. The keyboard stays where it was, so that the view does not move. */
export const allCells = (
  rowCount: number,
  columnCount: number,
  selection: GridSelection | null,
): GridSelection => ({
  anchor: { row: 0, column: 0 },
  focus: { row: rowCount - 1, column: columnCount - 1 },
  active: selection?.active ?? { row: 0, column: 0 },
});

export function rangeOf({ anchor, focus }: GridSelection): CellRange {
  return {
    firstRow: Math.min(anchor.row, focus.row),
    lastRow: Math.max(anchor.row, focus.row),
    firstColumn: Math.min(anchor.column, focus.column),
    lastColumn: Math.max(anchor.column, focus.column),
  };
}

export const cellCount = ({ firstRow, lastRow, firstColumn, lastColumn }: CellRange): number =>
  (lastRow - firstRow + 1) * (lastColumn - firstColumn + 1);
