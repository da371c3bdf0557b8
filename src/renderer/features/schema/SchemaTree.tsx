import { Menu } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useEffect, useId, useRef } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { schemaText } from '../../text/schema.ts';
import type { FilterWords } from './nodeFilter.ts';
import classes from './SchemaTree.module.css';
import { useTree } from './schema.ts';
import { TreeMenu } from './TreeMenu.tsx';
import { TreeRowView } from './TreeRowView.tsx';
import { nodeKey } from './treeKeys.ts';
import type { TreeRow } from './treeRows.ts';
import { useTreeActions } from './useTreeActions.ts';
import { useTreeKeys } from './useTreeKeys.ts';

const rowHeightPx = 26;

interface SchemaTreeProps {
  readonly sourceId: DataSourceId;
  readonly rows: readonly TreeRow[];
  readonly words: FilterWords;
  readonly treeRef: React.RefObject<HTMLDivElement | null>;
}

/** Opens the context menu below an element, as a right click there would. */
function openMenuAt(element: HTMLElement | null): void {
  if (element === null) return;
  const { left, bottom } = element.getBoundingClientRect();
  element.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 40, clientY: bottom }),
  );
}

/** The rows of the schema tree: a WAI-ARIA tree of which only the rows in view exist. */
export function SchemaTree({ sourceId, rows, words, treeRef }: SchemaTreeProps) {
  const treeId = useId();
  const activeKey = useTree(sourceId, (tree) => tree.activeKey);
  const selected = useTree(sourceId, (tree) => tree.selected);
  const selectedKey = selected === null ? null : nodeKey(selected);
  const perform = useTreeActions(sourceId, rows);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => treeRef.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
  });
  const onKeyDown = useTreeKeys({
    rows,
    activeKey,
    pageSize: () => Math.max(1, Math.floor((treeRef.current?.clientHeight ?? 0) / rowHeightPx) - 1),
    perform,
  });

  const activeIndex = rows.findIndex((row) => row.key === activeKey);
  const scrolledTo = useRef<string | null>(null);
  useEffect(() => {
    // Only a move of the focus scrolls: opening a row above must not pull the list away from where somebody reads.
    if (activeIndex < 0 || scrolledTo.current === activeKey) return;
    virtualizer.scrollToIndex(activeIndex);
    scrolledTo.current = activeKey;
  }, [activeIndex, activeKey, virtualizer]);

  const rowAt = (event: MouseEvent): TreeRow | undefined => {
    const element = (event.target as Element).closest<HTMLElement>('[data-index]');
    return element === null ? undefined : rows[Number(element.dataset.index)];
  };

  return (
    <Menu withinPortal position="bottom-start">
      <Menu.ContextMenu>
        <div
          ref={treeRef}
          role="tree"
          className={classes.viewport}
          tabIndex={0}
          aria-label={schemaText.tree}
          aria-activedescendant={activeIndex >= 0 ? `${treeId}-${activeIndex}` : undefined}
          onKeyDown={(event) => {
            if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
              event.preventDefault();
              openMenuAt(document.getElementById(`${treeId}-${activeIndex}`));
            } else onKeyDown(event);
          }}
          onContextMenuCapture={(event) => {
            const row = rowAt(event);
            if (row !== undefined) perform({ type: 'move', key: row.key });
          }}
          onClick={(event) => {
            const row = rowAt(event);
            if (row === undefined) return;
            const isOnChevron = (event.target as Element).closest('[data-chevron]') !== null;
            perform({ type: 'move', key: row.key });
            if (isOnChevron && row.isExpanded !== null) {
              perform({ type: 'toggle', key: row.key, isExpanded: !row.isExpanded });
            } else perform({ type: 'activate', key: row.key });
          }}
        >
          <div className={classes.canvas} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, start }) => {
              const row = rows[index];
              return row === undefined ? null : (
                <TreeRowView
                  key={row.key}
                  id={`${treeId}-${index}`}
                  row={row}
                  index={index}
                  top={start}
                  words={words}
                  isActive={row.key === activeKey}
                  isSelected={row.key === selectedKey}
                />
              );
            })}
          </div>
        </div>
      </Menu.ContextMenu>
      <TreeMenu sourceId={sourceId} row={rows[activeIndex]} perform={perform} />
    </Menu>
  );
}
