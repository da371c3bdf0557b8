import type { KeyboardEvent } from 'react';
import { useCopyText } from '../../components/Clipboard.tsx';
import { rowAsText } from './cellText.ts';
import { type CellPosition, gridActionForKey } from './gridKeyboard.ts';
import type { Row } from './previewState.ts';

interface GridKeysOptions {
  readonly rows: readonly Row[];
  readonly columnCount: number;
  readonly selected: CellPosition | null;
  readonly onSelect: (cell: CellPosition) => void;
  readonly onInspect: () => void;
  /** Rows in view, asked for when a page key is pressed. */
  readonly pageSize: () => number;
}

/** The keyboard of the grid, and what its menu does: moving, copying, showing the whole value. */
export function useGridKeys({ rows, columnCount, selected, onSelect, onInspect, pageSize }: GridKeysOptions) {
  const copyText = useCopyText();
  const copyCell = (): void => {
    if (selected !== null) copyText(rows[selected.row]?.[selected.column] ?? '');
  };
  const copyRow = (): void => {
    if (selected !== null) copyText(rowAsText(rows[selected.row] ?? []));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = gridActionForKey(
      { key: event.key, isCtrl: event.ctrlKey || event.metaKey, isShift: event.shiftKey },
      selected,
      { rowCount: rows.length, columnCount, pageSize: pageSize() },
    );
    if (action === null) return;
    event.preventDefault();
    if (action.type === 'move') onSelect(action.cell);
    else ({ copyCell, copyRow, inspect: onInspect })[action.type]();
  };
  return { onKeyDown, copyCell, copyRow };
}
