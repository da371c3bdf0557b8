import type { KeyboardEvent } from 'react';
import { useCopyText } from '../../components/Clipboard.tsx';
import { notifyDone } from '../../lib/notify.tsx';
import { rowsText } from '../../text/rows.ts';
import { rangeAsText, shortenedCount } from './cellText.ts';
import { gridActionForKey } from './gridKeyboard.ts';
import { type CellRange, type GridSelection, rangeOf } from './gridSelection.ts';
import type { Row } from './previewState.ts';

interface GridKeysOptions {
  readonly rows: readonly Row[];
  readonly columnCount: number;
  readonly selection: GridSelection | null;
  readonly onSelect: (selection: GridSelection | null) => void;
  readonly onInspect: () => void;
  /** Rows in view, asked for when a page key is pressed. */
  readonly pageSize: () => number;
}

/** The keyboard of the grid, and what its menu does: selecting, copying, showing the whole value. */
export function useGridKeys(options: GridKeysOptions) {
  const { rows, columnCount, selection, onSelect, onInspect, pageSize } = options;
  const copyText = useCopyText();
  const copy = (range: CellRange): void => {
    const cutCount = shortenedCount(rows, range);
    copyText(
      rangeAsText(rows, range),
      cutCount === 0 ? undefined : () => notifyDone(rowsText.copiedShortened(cutCount)),
    );
  };
  const copyCells = (): void => {
    if (selection !== null) copy(rangeOf(selection));
  };
  const copyRows = (): void => {
    if (selection !== null) copy({ ...rangeOf(selection), firstColumn: 0, lastColumn: columnCount - 1 });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = gridActionForKey(
      { key: event.key, isCtrl: event.ctrlKey || event.metaKey, isShift: event.shiftKey },
      selection,
      { rowCount: rows.length, columnCount, pageSize: pageSize() },
    );
    if (action === null) return;
    event.preventDefault();
    if (action.type === 'select') onSelect(action.selection);
    else ({ copyCells, copyRows, inspect: onInspect })[action.type]();
  };
  return { onKeyDown, copyCells, copyRows };
}
