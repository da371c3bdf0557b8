import { Text } from '@mantine/core';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { connectionsText } from '../../text/connections.ts';
import { useConnections } from './connections.ts';
import { nextIndex } from './listKeyboard.ts';
import classes from './SourceList.module.css';
import { SourceRow } from './SourceRow.tsx';
import { runSourceShortcut } from './sourceShortcuts.ts';
import { useRovingFocus } from './useRovingFocus.ts';

const rowHeight = 44;
const pageRowCount = 10;

/** The rows on the screen, and always the one with the focus: without it the keyboard would lose its place. */
function withActiveRow(range: Range, activeIndex: number): number[] {
  const visible = defaultRangeExtractor(range);
  if (activeIndex >= range.count || visible.includes(activeIndex)) return visible;
  return [...visible, activeIndex].sort((left, right) => left - right);
}

interface SourceListProps {
  /** Ids of the rows, in order. */
  readonly ids: readonly DataSourceId[];
}

/** The list of data sources. Only the rows on the screen exist, so that a thousand cost no more than twenty. */
export function SourceList({ ids }: SourceListProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const filter = useConnections((store) => store.filter);
  const selectedId = useConnections((store) => store.selectedId);
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => ids[index] ?? index,
    rangeExtractor: (range) => withActiveRow(range, activeIndexRef.current),
    overscan: 6,
  });
  const scrollTo = (index: number) => virtualizer.scrollToIndex(index);
  const { activeIndex, setActiveId, focusIndex } = useRovingFocus(ids, selectedId, scrollRef, scrollTo);
  const activeIndexRef = useRef(activeIndex);
  activeIndexRef.current = activeIndex;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new selection is what scrolls, not a new list
  useEffect(() => {
    const index = ids.indexOf(selectedId ?? '');
    if (index >= 0) scrollTo(index);
  }, [selectedId]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Keys of an open menu come by here too, from outside the list.
    if (!event.currentTarget.contains(event.target as Node)) return;
    const target = nextIndex(event.key, activeIndex, ids.length, pageRowCount);
    if (target !== null) focusIndex(target);
    else if (!runSourceShortcut(event, ids[activeIndex])) return;
    event.preventDefault();
  };

  if (ids.length === 0 && filter !== '') {
    return <Text className={classes.nothing}>{connectionsText.nothingFound(filter)}</Text>;
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the rows, which are buttons
    <div ref={scrollRef} className={classes.scroller} onKeyDown={onKeyDown}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by position, which a ul would not allow */}
      <div role="list" aria-label={connectionsText.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const id = ids[item.index];
          return (
            id !== undefined && (
              // biome-ignore lint/a11y/useSemanticElements: see the list
              <div
                key={item.key}
                role="listitem"
                aria-setsize={ids.length}
                aria-posinset={item.index + 1}
                className={classes.item}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                <SourceRow id={id} inTabOrder={item.index === activeIndex} onFocus={setActiveId} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
