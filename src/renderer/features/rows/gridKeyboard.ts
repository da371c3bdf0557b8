import { allCells, type CellPosition, extendedTo, type GridSelection, oneCell } from './gridSelection.ts';

interface GridSize {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Rows in view, for Page Up and Page Down. */
  readonly pageSize: number;
}

interface GridKey {
  readonly key: string;
  /** Ctrl, or Command on a Mac. */
  readonly isCtrl: boolean;
  readonly isShift: boolean;
}

/** What a key means in the grid. */
type GridAction =
  | { readonly type: 'select'; readonly selection: GridSelection | null }
  | { readonly type: 'copyCells' | 'copyRows' | 'inspect' };

/**
 * Keys of a grid after the ARIA Authoring Practices (https://www.w3.org/WAI/ARIA/apg/patterns/grid/), and copying.
 * Null when the key means nothing here. Before a cell is selected, any move selects the first one.
 */
export function gridActionForKey(
  pressed: GridKey,
  selection: GridSelection | null,
  size: GridSize,
): GridAction | null {
  const { key, isCtrl, isShift } = pressed;
  if (isCtrl && key.toLowerCase() === 'c') return { type: isShift ? 'copyRows' : 'copyCells' };
  if (isCtrl && key.toLowerCase() === 'a') {
    return select(allCells(size.rowCount, size.columnCount, selection));
  }
  if (key === 'Enter' || key === ' ') return { type: 'inspect' };
  if (key === 'Escape') return selection === null ? null : select(null);
  return movedBy(pressed, selection, size);
}

/** Arrows and their like: they move, and with Shift they stretch. */
function movedBy(pressed: GridKey, selection: GridSelection | null, size: GridSize): GridAction | null {
  const from = (pressed.isShift ? selection?.focus : selection?.active) ?? firstCell;
  const cell = cellForKey(pressed, from, size);
  if (cell === null) return null;
  if (selection === null) return select(oneCell(firstCell));
  return select(pressed.isShift ? extendedTo(selection, cell) : oneCell(cell));
}

const select = (selection: GridSelection | null): GridAction => ({ type: 'select', selection });
const firstCell: CellPosition = { row: 0, column: 0 };

function cellForKey(
  { key, isCtrl }: GridKey,
  { row, column }: CellPosition,
  { rowCount, columnCount, pageSize }: GridSize,
): CellPosition | null {
  const at = (nextRow: number, nextColumn: number): CellPosition => ({
    row: Math.max(0, Math.min(rowCount - 1, nextRow)),
    column: Math.max(0, Math.min(columnCount - 1, nextColumn)),
  });
  switch (key) {
    case 'ArrowDown':
      return at(isCtrl ? rowCount : row + 1, column);
    case 'ArrowUp':
      return at(isCtrl ? 0 : row - 1, column);
    case 'ArrowRight':
      return at(row, isCtrl ? columnCount : column + 1);
    case 'ArrowLeft':
      return at(row, isCtrl ? 0 : column - 1);
    case 'PageDown':
      return at(row + pageSize, column);
    case 'PageUp':
      return at(row - pageSize, column);
    case 'Home':
      return at(isCtrl ? 0 : row, 0);
    case 'End':
      return at(isCtrl ? rowCount : row, columnCount);
    default:
      return null;
  }
}
