import { Menu } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useCallback, useId } from 'react';
import { navigatorText } from '../../text/navigator.ts';
import { activeTabOf, useTabs } from '../tabs/index.ts';
import { nodeRowKey, sourceKey } from './keys.ts';
import { NavigatorMenu } from './NavigatorMenu.tsx';
import classes from './NavigatorTree.module.css';
import { navigatorStore, useNavigator } from './navigator.ts';
import { RowView } from './RowView.tsx';
import { openRow, openRowForGood, toggleRow } from './rowActions.ts';
import { runRowShortcut } from './rowShortcuts.ts';
import type { NavigatorRow } from './rows.ts';
import type { TreeAction } from './treeKeyboard.ts';
import { useActiveRow } from './useActiveRow.ts';
import type { NavigatorRows } from './useNavigatorRows.ts';
import { useRowDrag } from './useRowDrag.ts';
import { useTreeKeys } from './useTreeKeys.ts';
import { useWantedRow } from './useWantedRow.ts';

const rowHeightPx = 24;

/** Opens the context menu below an element, as a right click there would. */
function openMenuAt(element: Element | null): void {
  if (element === null) return;
  const { left, bottom } = element.getBoundingClientRect();
  element.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 8, clientY: bottom }),
  );
}

/** Key of the row that the tab in front belongs to. */
function useSelectedKey(): string | null {
  return useTabs((state) => {
    const tab = activeTabOf(state);
    if (tab?.kind === 'relation') return nodeRowKey(tab.sourceId, tab.node);
    return tab?.kind === 'source' || tab?.kind === 'query' ? sourceKey(tab.sourceId ?? '') : null;
  });
}

/** A found node stands apart from its schema, but is the same node. */
const selectionKey = (row: NavigatorRow): string =>
  row.type === 'node' && row.isFound ? nodeRowKey(row.sourceId, row.node) : row.key;

function perform(rows: readonly NavigatorRow[], action: TreeAction): void {
  const row = rows.find(({ key }) => key === action.key);
  if (row === undefined) return;
  if (action.type === 'move') navigatorStore.getState().setActive(row.key);
  else if (action.type === 'toggle') toggleRow(row, action.isExpanded);
  else openRow(row, false);
}

export interface NavigatorTreeProps {
  readonly found: NavigatorRows;
  readonly treeRef: React.RefObject<HTMLDivElement | null>;
  readonly focusFilter: () => void;
}

/** The rows of the navigator: a WAI-ARIA tree of which only the rows in view exist. */
export function NavigatorTree({ found: { rows, words }, treeRef, focusFilter }: NavigatorTreeProps) {
  const treeId = useId();
  const activeKey = useNavigator((store) => store.activeKey);
  const renamingKey = useNavigator((store) => store.renamingKey);
  const selectedKey = useSelectedKey();
  const activeIndex = rows.findIndex((row) => row.key === activeKey);
  const isFiltering = words.length > 0;
  const { drop, handlers } = useRowDrag(rows, isFiltering);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => treeRef.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
  });
  useWantedRow(rows, treeRef);
  const onTreeKey = useTreeKeys({
    rows,
    activeKey,
    pageSize: () => Math.max(1, Math.floor((treeRef.current?.clientHeight ?? 0) / rowHeightPx) - 1),
    perform: (action) => perform(rows, action),
  });

  useActiveRow({ rows, activeKey, activeIndex, words, scrollTo: virtualizer.scrollToIndex });
  const focusTree = useCallback(() => treeRef.current?.focus(), [treeRef]);
  const rowAt = (event: MouseEvent): NavigatorRow | undefined => {
    const element = (event.target as Element).closest<HTMLElement>('[data-index]');
    return element === null ? undefined : rows[Number(element.dataset.index)];
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      openMenuAt(document.getElementById(`${treeId}-${activeIndex}`));
    } else if ((event.ctrlKey || event.metaKey) && event.key === 'f') {
      focusFilter();
    } else if (!runRowShortcut(event, rows[activeIndex]) && !onTreeKey(event)) return;
    event.preventDefault();
    // The same key means something else to what is in front.
    event.stopPropagation();
  };
  const onClick = (event: MouseEvent): void => {
    const row = rowAt(event);
    if (row === undefined) return;
    const isOnChevron = (event.target as Element).closest('[data-chevron]') !== null;
    navigatorStore.getState().setActive(row.key);
    if (isOnChevron && row.isExpanded !== null) toggleRow(row, !row.isExpanded);
    else if (event.detail < 2 || row.type === 'folder') openRow(row, true);
  };
  const onDoubleClick = (event: MouseEvent): void => {
    const row = rowAt(event);
    if (row === undefined || (event.target as Element).closest('[data-chevron]') !== null) return;
    openRowForGood(row);
  };

  return (
    <Menu withinPortal position="bottom-start" width={280}>
      <Menu.ContextMenu>
        <div
          ref={treeRef}
          role="tree"
          className={classes.viewport}
          tabIndex={0}
          data-navigator-tree
          aria-label={navigatorText.label}
          aria-activedescendant={activeIndex >= 0 ? `${treeId}-${activeIndex}` : undefined}
          onFocus={() => {
            // Asked of the store: whoever moves the focus here may have chosen a row just now.
            const { activeKey: current, setActive } = navigatorStore.getState();
            if (rows.some(({ key }) => key === current)) return;
            // Whoever comes by the keyboard begins somewhere.
            const first = rows.find((row) => selectionKey(row) === selectedKey) ?? rows[0];
            if (first !== undefined) setActive(first.key);
          }}
          onKeyDown={onKeyDown}
          onContextMenuCapture={(event) => {
            const row = rowAt(event);
            if (row !== undefined) navigatorStore.getState().setActive(row.key);
            // Beside the rows there is nothing to have a menu of.
            else event.stopPropagation();
          }}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
          {...handlers}
        >
          <div className={classes.canvas} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, start }) => {
              const row = rows[index];
              return row === undefined ? null : (
                <RowView
                  key={row.key}
                  id={`${treeId}-${index}`}
                  row={row}
                  index={index}
                  top={start}
                  words={words}
                  isActive={row.key === activeKey}
                  isSelected={selectionKey(row) === selectedKey}
                  isRenaming={row.key === renamingKey}
                  dropEdge={drop?.key === row.key ? drop.edge : null}
                  focusTree={focusTree}
                  openMenu={openMenuAt}
                />
              );
            })}
          </div>
        </div>
      </Menu.ContextMenu>
      <NavigatorMenu row={rows[activeIndex]} />
    </Menu>
  );
}
