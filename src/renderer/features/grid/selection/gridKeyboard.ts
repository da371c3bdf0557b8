import {
  allCells,
  type CellPosition,
  extendedTo,
  type GridSelection,
  type GridSize,
  oneCell,
  wholeColumns,
  wholeRows,
} from './gridSelection.ts';

export interface GridKey {
  readonly key: string;
  /** Ctrl, or Command on a Mac. */
  readonly isCtrl: boolean;
  readonly isShift: boolean;
  readonly isAlt: boolean;
}

/** What a key means in the grid. */
export type GridAction =
  | { readonly type: 'select'; readonly selection: GridSelection | null }
  | { readonly type: 'copy' | 'copyWithHeader' | 'inspect' | 'find' | 'save' | 'columnMenu' | 'follow' };

/** @property pageSize rows in view, for Page Up and Page Down */
type ViewSize = GridSize & { readonly pageSize: number };

type SimpleAction = Exclude<GridAction['type'], 'select'>;

/** Keys with Ctrl alone, letters in lower case. */
const ctrlActions: Readonly<Record<string, SimpleAction>> = {
  c: 'copy',
  f: 'find',
  s: 'save',
  Enter: 'follow',
};
const plainActions: Readonly<Record<string, SimpleAction>> = { ' ': 'inspect', Enter: 'inspect' };

/**
 * Keys of a grid after the ARIA Authoring Practices (https://www.w3.org/WAI/ARIA/apg/patterns/grid/) and as spreadsheets
 * have them. Null when the key means nothing here. Before a cell is selected, any move selects the first one.
 */
export function gridActionForKey(
  pressed: GridKey,
  selection: GridSelection | null,
  size: ViewSize,
): GridAction | null {
  const simple = simpleActionFor(pressed);
  if (simple !== null) return { type: simple };
  if (pressed.isAlt) return null;
  if (pressed.isCtrl && letterOf(pressed) === 'a') return select(allCells(size, selection));
  if (pressed.key === ' ') return wholeLine(pressed, selection, size);
  if (pressed.key === 'Escape') return selection === null ? null : select(null);
  return movedBy(pressed, selection, size);
}

const letterOf = ({ key }: GridKey): string => (key.length === 1 ? key.toLowerCase() : key);

function simpleActionFor(pressed: GridKey): SimpleAction | null {
  const { key, isCtrl, isShift, isAlt } = pressed;
  if (isAlt) return key === 'ArrowDown' ? 'columnMenu' : null;
  if (isCtrl && isShift) return letterOf(pressed) === 'c' ? 'copyWithHeader' : null;
  if (isShift) return null;
  return (isCtrl ? ctrlActions[letterOf(pressed)] : plainActions[key]) ?? null;
}

/** Ctrl+Space is the column, Shift+Space the row, as in spreadsheets. */
function wholeLine({ isCtrl }: GridKey, selection: GridSelection | null, size: ViewSize): GridAction | null {
  if (selection === null) return null;
  const { row, column } = selection.active;
  return select(
    isCtrl
      ? wholeColumns(column, size, row, selection, 'replace')
      : wholeRows(row, size, column, selection, 'replace'),
  );
}

/** Arrows and their like: they move, and with Shift they stretch. */
function movedBy(pressed: GridKey, selection: GridSelection | null, size: ViewSize): GridAction | null {
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
  { rowCount, columnCount, pageSize }: ViewSize,
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
