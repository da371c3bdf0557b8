// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, which a table's own layout cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus and says which row is the active one
import { Menu } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
} from 'react';
import { listMove } from '../lib/listMove.ts';
import classes from './RowTable.module.css';
import { fittingColumns, type LineStyle, lineStyle, type RowColumn } from './rowColumns.ts';

const rowHeightPx = 24;
const headHeightPx = 26;

interface RowTableProps<Row, Key extends string> {
  readonly label: string;
  /** With an `id` by which it is selected, and a `key` that no other row has; `depth` in a tree. */
  readonly rows: readonly Row[];
  readonly columns: readonly RowColumn<Key>[];
  readonly columnLabel: (key: Key) => string;
  /** Rows are indented below others, whose order is their own. */
  readonly isTree?: boolean;
  readonly selectedId: string | null;
  /** Null: in an order of their own. */
  readonly sort: { readonly column: string; readonly isDescending: boolean } | null;
  readonly onSort: (column: Key) => void;
  readonly onSelect: (row: Row | null) => void;
  /** A double click. */
  readonly onOpen?: (row: Row) => void;
  /** What a key does to the selected row; false: nothing. */
  readonly onKey: (event: KeyboardEvent) => boolean;
  readonly cell: (row: Row, column: RowColumn<Key>) => ReactNode;
  /** Instead of rows while there are none. */
  readonly empty: ReactNode;
  /** The context menu of the selected row. */
  readonly menu: ReactNode;
}

/** What a table needs to know of a row. */
export interface TableRow {
  readonly id: string;
  readonly key: string;
  readonly depth?: number;
  /** For the looks of the whole row. */
  readonly mark?: 'dimmed';
}

interface HeadProps<Key extends string> {
  readonly line: LineStyle;
  readonly columns: readonly RowColumn<Key>[];
  readonly columnLabel: (key: Key) => string;
  readonly sort: RowTableProps<TableRow, Key>['sort'];
  readonly onSort: (column: Key) => void;
}

function Head<Key extends string>({ columns, columnLabel, line, sort, onSort }: HeadProps<Key>) {
  const Arrow = sort?.isDescending ? IconArrowDown : IconArrowUp;
  return (
    <div role="row" className={classes.head} style={line} aria-rowindex={1}>
      {columns.map(({ key, isNumber, isSortable = true }) => {
        const isSorted = sort?.column === key;
        const order = sort?.isDescending ? 'descending' : 'ascending';
        return (
          <span
            key={key}
            role="columnheader"
            aria-sort={isSorted ? order : 'none'}
            data-number={isNumber || undefined}
          >
            {sort === null || !isSortable ? (
              columnLabel(key)
            ) : (
              <button type="button" className={classes.sort} onClick={() => onSort(key)}>
                {columnLabel(key)}
                {isSorted && <Arrow size={12} aria-hidden />}
              </button>
            )}
          </span>
        );
      })}
    </div>
  );
}

/** Rows, one a line. The table has the focus; one row is selected, also while the rows change below it. */
export function RowTable<Row extends TableRow, Key extends string>(props: RowTableProps<Row, Key>) {
  const { label, rows, isTree = false, selectedId, onSelect, onOpen, onKey, cell, empty, menu } = props;
  const id = useId();
  const viewportRef = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize();
  const ref = useMergedRef(viewportRef, sizeRef);
  const columns = fittingColumns(props.columns, width);
  const line = lineStyle(columns);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => viewportRef.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    paddingStart: headHeightPx,
    scrollPaddingStart: headHeightPx,
  });
  const selectedIndex = rows.findIndex((row) => row.id === selectedId);
  const items = virtualizer.getVirtualItems();
  // One that is out of view does not exist.
  const activeId = items.some(({ index }) => index === selectedIndex) ? `${id}-${selectedIndex}` : undefined;
  const show = useEffectEvent(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex);
  });
  // Only when another one is selected: a row that moves by itself is not followed.
  useEffect(() => {
    if (selectedId !== null) show();
  }, [selectedId]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((viewportRef.current?.clientHeight ?? 0) / rowHeightPx) - 2);
    const target = listMove(event.key, selectedIndex, rows.length, page);
    if (target !== null) onSelect(rows[target] ?? null);
    else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      openMenuAt(document.getElementById(`${id}-${selectedIndex}`));
    } else if (!onKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const rowAt = (event: MouseEvent): Row | undefined => {
    const element = (event.target as Element).closest<HTMLElement>('[data-index]');
    return element === null ? undefined : rows[Number(element.dataset.index)];
  };
  const selectAt = (event: MouseEvent): boolean => {
    const row = rowAt(event);
    if (row !== undefined) onSelect(row);
    return row !== undefined;
  };
  const openAt = (event: MouseEvent): void => {
    const row = rowAt(event);
    if (row !== undefined) onOpen?.(row);
  };
  return (
    <Menu withinPortal position="bottom-start" width={250}>
      <Menu.ContextMenu>
        {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles have a name */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: its role says what it is */}
        <div
          ref={ref}
          role={isTree ? 'treegrid' : 'grid'}
          className={classes.table}
          tabIndex={0}
          aria-label={label}
          aria-rowcount={rows.length + 1}
          aria-activedescendant={activeId}
          onKeyDown={onKeyDown}
          onClick={selectAt}
          onDoubleClick={openAt}
          onContextMenuCapture={(event) => {
            // Beside the rows there is nothing to have a menu of.
            if (!selectAt(event)) event.stopPropagation();
          }}
        >
          <Head {...props} columns={columns} line={line} />
          <div
            role="rowgroup"
            className={classes.rows}
            style={{ height: virtualizer.getTotalSize() - headHeightPx }}
          >
            {items.map(({ index, start, key }) => {
              const row = rows[index];
              return (
                row !== undefined && (
                  <div
                    key={key}
                    id={`${id}-${index}`}
                    role="row"
                    data-index={index}
                    data-mark={row.mark}
                    className={classes.row}
                    aria-rowindex={index + 2}
                    aria-level={isTree ? (row.depth ?? 0) + 1 : undefined}
                    aria-selected={index === selectedIndex}
                    style={{ ...line, transform: `translateY(${start - headHeightPx}px)` }}
                  >
                    {columns.map((column) => cell(row, column))}
                  </div>
                )
              );
            })}
          </div>
        </div>
      </Menu.ContextMenu>
      <Menu.Dropdown>{menu}</Menu.Dropdown>
      {rows.length === 0 && <div className={classes.empty}>{empty}</div>}
    </Menu>
  );
}

/** Opens the context menu below an element, as a right click there would. */
function openMenuAt(element: Element | null): void {
  if (element === null) return;
  const { left, bottom } = element.getBoundingClientRect();
  element.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 8, clientY: bottom }),
  );
}
