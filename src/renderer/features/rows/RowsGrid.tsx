// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are virtual in both directions, which a table's own layout cannot do
import { Menu } from '@mantine/core';
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type MouseEvent, useEffect, useId, useMemo } from 'react';
import { formatCount } from '../../lib/format.ts';
import { rowsText } from '../../text/rows.ts';
import { columnWidths } from './columnWidths.ts';
import { GridHeader } from './GridHeader.tsx';
import { GridRow } from './GridRow.tsx';
import type { CellPosition } from './gridKeyboard.ts';
import type { Field, Row } from './previewState.ts';
import classes from './RowsPreview.module.css';
import { useGridKeys } from './useGridKeys.ts';

const rowHeightPx = 24;
const headerHeightPx = 40;
const gutterPaddingPx = 20;
const digitWidthPx = 7;

interface RowsGridProps {
  readonly label: string;
  readonly fields: readonly Field[];
  readonly rows: readonly Row[];
  readonly selected: CellPosition | null;
  readonly onSelect: (cell: CellPosition) => void;
  /** The whole value of the selected cell is wanted. */
  readonly onInspect: () => void;
  readonly gridRef: React.RefObject<HTMLDivElement | null>;
}

/** The cell that an event happened on. */
function cellAt(event: MouseEvent): CellPosition | null {
  const cell = (event.target as Element).closest<HTMLElement>('[data-column]');
  const row = cell?.closest<HTMLElement>('[data-row]');
  if (cell === null || row === null || row === undefined) return null;
  return { row: Number(row.dataset.row), column: Number(cell.dataset.column) };
}

/** Rows and columns of which only those in view exist; the header and the row numbers stay in sight. */
export function RowsGrid({ label, fields, rows, selected, onSelect, onInspect, gridRef }: RowsGridProps) {
  const gridId = useId();
  const firstRows = rows.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: widths are guessed from the first batch and then stay
  const widths = useMemo(() => columnWidths(fields, rows), [fields, firstRows]);
  const gutterWidth = gutterPaddingPx + digitWidthPx * formatCount(rows.length).length;
  const rowVirtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowHeightPx,
    paddingStart: headerHeightPx,
    scrollPaddingStart: headerHeightPx,
    overscan: 8,
  });
  const columnVirtualizer = useVirtualizer({
    horizontal: true,
    count: fields.length,
    getScrollElement: () => gridRef.current,
    estimateSize: (index) => widths[index] ?? 0,
    paddingStart: gutterWidth,
    scrollPaddingStart: gutterWidth,
    overscan: 3,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: new widths must be measured anew
  useEffect(() => columnVirtualizer.measure(), [widths, gutterWidth]);
  const viewHeight = rowVirtualizer.scrollRect?.height;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a smaller view, as when a value opens below, must not hide the cell
  useEffect(() => {
    if (selected === null) return;
    rowVirtualizer.scrollToIndex(selected.row);
    columnVirtualizer.scrollToIndex(selected.column);
  }, [selected, viewHeight, rowVirtualizer, columnVirtualizer]);

  const { onKeyDown, copyCell, copyRow } = useGridKeys({
    rows,
    columnCount: fields.length,
    selected,
    onSelect,
    onInspect,
    pageSize: () => Math.max(1, Math.floor(((viewHeight ?? 0) - headerHeightPx) / rowHeightPx) - 1),
  });
  const select = (event: MouseEvent): void => {
    const cell = cellAt(event);
    if (cell !== null) onSelect(cell);
  };
  const columns: readonly VirtualItem[] = columnVirtualizer.getVirtualItems();

  return (
    <Menu position="bottom-start">
      <Menu.ContextMenu>
        <div
          ref={gridRef}
          role="grid"
          className={classes.viewport}
          tabIndex={0}
          aria-label={label}
          aria-rowcount={rows.length + 1}
          aria-colcount={fields.length + 1}
          aria-activedescendant={
            selected === null ? undefined : `${gridId}-${selected.row}-${selected.column}`
          }
          onKeyDown={onKeyDown}
          onClick={select}
          onContextMenuCapture={select}
          onDoubleClick={onInspect}
        >
          <div
            className={classes.canvas}
            role="presentation"
            style={{ width: columnVirtualizer.getTotalSize(), height: rowVirtualizer.getTotalSize() }}
          >
            <GridHeader fields={fields} columns={columns} gutterWidth={gutterWidth} />
            {rowVirtualizer.getVirtualItems().map(({ index, start }) => (
              <GridRow
                key={index}
                gridId={gridId}
                index={index}
                top={start}
                cells={rows[index] ?? []}
                fields={fields}
                columns={columns}
                gutterWidth={gutterWidth}
                selectedColumn={selected?.row === index ? selected.column : null}
              />
            ))}
          </div>
        </div>
      </Menu.ContextMenu>
      <Menu.Dropdown>
        <Menu.Item onClick={copyCell}>{rowsText.copyCell}</Menu.Item>
        <Menu.Item onClick={copyRow}>{rowsText.copyRow}</Menu.Item>
        <Menu.Item onClick={onInspect}>{rowsText.viewCell}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
