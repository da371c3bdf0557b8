// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are virtual in both directions, which a table's own layout cannot do
import { Menu } from '@mantine/core';
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type MouseEvent, useEffect, useId, useMemo } from 'react';
import { formatCount } from '../../lib/format.ts';
import { rowsText } from '../../text/rows.ts';
import { columnWidths } from './columnWidths.ts';
import { GridHeader } from './GridHeader.tsx';
import { GridRow } from './GridRow.tsx';
import { cellCount, extendedTo, type GridSelection, rangeOf, wholeRows } from './gridSelection.ts';
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
  readonly selection: GridSelection | null;
  readonly onSelect: (selection: GridSelection | null) => void;
  /** The whole value of the cell that the keyboard is on is wanted. */
  readonly onInspect: () => void;
  readonly gridRef: React.RefObject<HTMLDivElement | null>;
}

interface GridTarget {
  readonly row: number;
  /** Null on the row's number, which stands for all of its cells. */
  readonly column: number | null;
}

/** What an event happened on: a cell or the number of a row. */
function targetOf(event: MouseEvent): GridTarget | null {
  const element = event.target as Element;
  const row = element.closest<HTMLElement>('[data-row]');
  const cell = element.closest<HTMLElement>('[data-column]');
  if (row === null || (cell === null && element.closest('[data-row-number]') === null)) return null;
  return { row: Number(row.dataset.row), column: cell === null ? null : Number(cell.dataset.column) };
}

/** Whether a cell, or a whole row, is a part of what is selected. */
function isInside({ row, column }: GridTarget, selection: GridSelection): boolean {
  const { firstRow, lastRow, firstColumn, lastColumn } = rangeOf(selection);
  const isColumnInside = column === null || (column >= firstColumn && column <= lastColumn);
  return row >= firstRow && row <= lastRow && isColumnInside;
}

/** Rows and columns of which only those in view exist; the header and the row numbers stay in sight. */
export function RowsGrid(props: RowsGridProps) {
  const { label, fields, rows, selection, onSelect, onInspect, gridRef } = props;
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
  const active = selection?.active ?? null;
  const range = selection === null ? null : rangeOf(selection);
  const viewHeight = rowVirtualizer.scrollRect?.height;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a smaller view, as when a value opens below, must not hide the cell
  useEffect(() => {
    if (active === null) return;
    rowVirtualizer.scrollToIndex(active.row);
    columnVirtualizer.scrollToIndex(active.column);
  }, [active, viewHeight, rowVirtualizer, columnVirtualizer]);

  const { onKeyDown, copyCells, copyRows } = useGridKeys({
    rows,
    columnCount: fields.length,
    selection,
    onSelect,
    onInspect,
    pageSize: () => Math.max(1, Math.floor(((viewHeight ?? 0) - headerHeightPx) / rowHeightPx) - 1),
  });
  const select = ({ row, column }: GridTarget, stretched: GridSelection | null): void => {
    const firstInView = columnVirtualizer.range?.startIndex ?? 0;
    onSelect(
      column === null
        ? wholeRows({ row, column: firstInView }, fields.length, stretched)
        : extendedTo(stretched, { row, column }),
    );
  };
  const onClick = (event: MouseEvent): void => {
    const target = targetOf(event);
    if (target !== null) select(target, event.shiftKey ? selection : null);
  };
  // The menu is for what is selected; opened elsewhere, it is for what is below the pointer.
  const onContextMenu = (event: MouseEvent): void => {
    const target = targetOf(event);
    if (target === null || (selection !== null && isInside(target, selection))) return;
    select(target, null);
  };
  // Shift and the mouse select text by themselves, across the whole page.
  const onMouseDown = (event: MouseEvent): void => {
    if (!event.shiftKey) return;
    event.preventDefault();
    gridRef.current?.focus();
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
          aria-multiselectable
          aria-activedescendant={active === null ? undefined : `${gridId}-${active.row}-${active.column}`}
          onKeyDown={onKeyDown}
          onMouseDown={onMouseDown}
          onClick={onClick}
          onContextMenuCapture={onContextMenu}
          onDoubleClick={onInspect}
        >
          <div
            className={classes.canvas}
            role="presentation"
            style={{ width: columnVirtualizer.getTotalSize(), height: rowVirtualizer.getTotalSize() }}
          >
            <GridHeader fields={fields} columns={columns} gutterWidth={gutterWidth} />
            {rowVirtualizer.getVirtualItems().map(({ index, start }) => {
              const isInRange = range !== null && index >= range.firstRow && index <= range.lastRow;
              return (
                <GridRow
                  key={index}
                  gridId={gridId}
                  index={index}
                  top={start}
                  cells={rows[index] ?? []}
                  fields={fields}
                  columns={columns}
                  gutterWidth={gutterWidth}
                  selectedFrom={isInRange ? range.firstColumn : null}
                  selectedTo={isInRange ? range.lastColumn : null}
                  activeColumn={active?.row === index ? active.column : null}
                />
              );
            })}
          </div>
        </div>
      </Menu.ContextMenu>
      <Menu.Dropdown>
        <Menu.Item onClick={copyCells}>{rowsText.copyCells(range === null ? 1 : cellCount(range))}</Menu.Item>
        <Menu.Item onClick={copyRows}>
          {rowsText.copyRows(range === null ? 1 : range.lastRow - range.firstRow + 1)}
        </Menu.Item>
        <Menu.Item onClick={onInspect}>{rowsText.viewCell}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
