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
import type { ActivityColumn, ActivityView } from '../../../shared/model/serverActivity.ts';
import { activityText } from '../../text/activity.ts';
import { SessionCell } from './SessionCell.tsx';
import classes from './SessionTable.module.css';
import { columnsFor, type LineStyle, lineStyle, type SessionColumn } from './sessionColumns.ts';
import type { SessionRow } from './sessionRows.ts';

const rowHeightPx = 24;
const headHeightPx = 26;

interface SessionTableProps {
  readonly label: string;
  readonly rows: readonly SessionRow[];
  /** Rows are indented below those that keep them waiting. */
  readonly isTree: boolean;
  readonly selectedId: string | null;
  readonly sort: ActivityView['sort'];
  readonly onSort: (column: ActivityColumn) => void;
  readonly onSelect: (row: SessionRow | null) => void;
  /** What a key does to the selected session; false: nothing. */
  readonly onKey: (event: KeyboardEvent) => boolean;
  /** Instead of rows while there are none. */
  readonly empty: ReactNode;
  /** The context menu of the selected session. */
  readonly menu: ReactNode;
}

const movesTo: Readonly<Record<string, (index: number, last: number, page: number) => number>> = {
  ArrowUp: (index) => index - 1,
  ArrowDown: (index) => index + 1,
  PageUp: (index, _, page) => index - page,
  PageDown: (index, _, page) => index + page,
  Home: () => 0,
  End: (_, last) => last,
};

interface HeadProps extends Pick<SessionTableProps, 'sort' | 'onSort' | 'isTree'> {
  readonly line: LineStyle;
  readonly columns: readonly SessionColumn[];
}

function Head({ columns, line, sort, onSort, isTree }: HeadProps) {
  const Arrow = sort.isDescending ? IconArrowDown : IconArrowUp;
  return (
    <div role="row" className={classes.head} style={line} aria-rowindex={1}>
      {columns.map(({ key, isNumber }) => {
        const isSorted = !isTree && sort.column === key;
        const order = sort.isDescending ? 'descending' : 'ascending';
        return (
          <span
            key={key}
            role="columnheader"
            aria-sort={isSorted ? order : 'none'}
            data-number={isNumber || undefined}
          >
            {isTree ? (
              activityText.columns[key]
            ) : (
              <button type="button" className={classes.sort} onClick={() => onSort(key)}>
                {activityText.columns[key]}
                {isSorted && <Arrow size={12} aria-hidden />}
              </button>
            )}
          </span>
        );
      })}
    </div>
  );
}

/** Sessions, one a line. The table has the focus; one row is selected, also while the rows change below it. */
export function SessionTable(props: SessionTableProps) {
  const { label, rows, isTree, selectedId, sort, onSort, onSelect, onKey, empty, menu } = props;
  const id = useId();
  const viewportRef = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize();
  const ref = useMergedRef(viewportRef, sizeRef);
  const columns = columnsFor(width, isTree);
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
  const selectedIndex = rows.findIndex(({ session }) => session.id === selectedId);
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
    const move = movesTo[event.key];
    if (move !== undefined) {
      const last = rows.length - 1;
      const page = Math.max(1, Math.floor((viewportRef.current?.clientHeight ?? 0) / rowHeightPx) - 2);
      onSelect(rows[Math.min(last, Math.max(0, move(selectedIndex, last, page)))] ?? null);
    } else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      openMenuAt(document.getElementById(`${id}-${selectedIndex}`));
    } else if (!onKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const selectAt = (event: MouseEvent): boolean => {
    const element = (event.target as Element).closest<HTMLElement>('[data-index]');
    const row = element === null ? undefined : rows[Number(element.dataset.index)];
    if (row !== undefined) onSelect(row);
    return row !== undefined;
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
          onContextMenuCapture={(event) => {
            // Beside the rows there is nothing to have a menu of.
            if (!selectAt(event)) event.stopPropagation();
          }}
        >
          <Head columns={columns} line={line} sort={sort} onSort={onSort} isTree={isTree} />
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
                    data-owner={row.session.owner}
                    className={classes.row}
                    aria-rowindex={index + 2}
                    aria-level={isTree ? row.depth + 1 : undefined}
                    aria-selected={index === selectedIndex}
                    style={{ ...line, transform: `translateY(${start - headHeightPx}px)` }}
                  >
                    {columns.map((column) => (
                      <SessionCell
                        key={column.key}
                        column={column.key}
                        isNumber={column.isNumber}
                        row={row}
                      />
                    ))}
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
