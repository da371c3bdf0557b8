import { Text } from '@mantine/core';
import { defaultRangeExtractor, type Range, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { connectionsText } from '../../text/connections.ts';
import { connectionsStore, useConnections } from './connections.ts';
import { DamagedRow } from './DamagedRow.tsx';
import { wantedRow } from './focusActiveRow.ts';
import { nextIndex } from './listKeyboard.ts';
import classes from './SourceList.module.css';
import { SourceRow } from './SourceRow.tsx';
import { runSourceShortcut } from './sourceShortcuts.ts';
import { useRovingFocus } from './useRovingFocus.ts';

const rowHeight = 44;
const headingHeight = 34;
const pageRowCount = 10;

/** The rows on the screen, and always the one with the focus: without it the keyboard would lose its place. */
function withActiveRow(range: Range, activeIndex: number): number[] {
  const visible = defaultRangeExtractor(range);
  if (activeIndex >= range.count || visible.includes(activeIndex)) return visible;
  return [...visible, activeIndex].sort((left, right) => left - right);
}

const placed = ({ start, size }: VirtualItem) => ({ height: size, transform: `translateY(${start}px)` });

interface ListPartProps {
  readonly label: string;
  readonly items: readonly VirtualItem[];
  readonly count: number;
  /** How many drawn rows come before this part. */
  readonly offset: number;
  readonly row: (position: number) => ReactNode;
}

/** Data sources of one sort. Rows are placed by position within the whole list. */
function ListPart({ label, items, count, offset, row }: ListPartProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by position, which a ul would not allow
    <div role="list" aria-label={label}>
      {items
        .filter(({ index }) => index >= offset && index < offset + count)
        .map((item) => (
          // biome-ignore lint/a11y/useSemanticElements: see the list
          <div
            key={item.key}
            role="listitem"
            aria-setsize={count}
            aria-posinset={item.index - offset + 1}
            className={classes.item}
            style={placed(item)}
          >
            {row(item.index - offset)}
          </div>
        ))}
    </div>
  );
}

export interface SourceListProps {
  /** Ids of the data sources that can be used, in order. */
  readonly ids: readonly DataSourceId[];
  /** Ids of those that cannot be read. They follow below a heading of their own. */
  readonly damagedIds: readonly string[];
}

/**
 * The list of data sources. Only the rows on the screen exist, so that a thousand cost no more than twenty. The arrow
 * keys go through both parts; the heading between them is drawn as a row that cannot have the focus.
 */
export function SourceList({ ids, damagedIds }: SourceListProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const filter = useConnections((store) => store.filter);
  const selectedId = useConnections((store) => store.selectedId);
  const headingIndex = ids.length;
  const rowIds = [...ids, ...damagedIds];
  const drawnIndexOf = (index: number) => (index < headingIndex ? index : index + 1);
  const virtualizer = useVirtualizer({
    count: damagedIds.length === 0 ? ids.length : rowIds.length + 1,
    getScrollElement: () => scrollRef.current,
    estimateSize: (index) => (index === headingIndex ? headingHeight : rowHeight),
    getItemKey: (index) => rowIds[index < headingIndex ? index : index - 1] ?? index,
    rangeExtractor: (range) => withActiveRow(range, drawnIndexOf(activeIndexRef.current)),
    overscan: 6,
  });
  const scrollTo = (index: number) => virtualizer.scrollToIndex(drawnIndexOf(index));
  const { activeIndex, setActiveId, focusIndex } = useRovingFocus(rowIds, selectedId, scrollRef, scrollTo);
  const activeIndexRef = useRef(activeIndex);
  activeIndexRef.current = activeIndex;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new selection is what scrolls, not a new list
  useEffect(() => {
    const index = selectedId === null ? -1 : rowIds.indexOf(selectedId);
    if (index >= 0) scrollTo(index);
  }, [selectedId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heading has moved, and with it the one row that is lower
  useEffect(() => virtualizer.measure(), [headingIndex]);

  const wantedId = useStore(wantedRow, ({ id }) => id);
  const wantedIndex = wantedId === null ? -1 : rowIds.indexOf(wantedId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new wish, or its row, moves the focus
  useEffect(() => {
    if (wantedId === null) return;
    // A filter that hides the row was not meant for it.
    if (wantedIndex < 0) return connectionsStore.getState().setFilter('');
    focusIndex(wantedIndex);
    wantedRow.setState({ id: null });
  }, [wantedId, wantedIndex]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Keys of an open menu come by here too, from outside the list.
    if (!event.currentTarget.contains(event.target as Node)) return;
    const target = nextIndex(event.key, activeIndex, rowIds.length, pageRowCount);
    if (target !== null) focusIndex(target);
    else if (!runSourceShortcut(event, rowIds[activeIndex])) return;
    event.preventDefault();
  };

  if (rowIds.length === 0 && filter !== '') {
    return <Text className={classes.nothing}>{connectionsText.nothingFound(filter)}</Text>;
  }
  const rowOf = (index: number, Row: typeof SourceRow | typeof DamagedRow) => {
    const id = rowIds[index];
    return id !== undefined && <Row id={id} inTabOrder={index === activeIndex} onFocus={setActiveId} />;
  };
  const items = virtualizer.getVirtualItems();
  const damagedLabel = connectionsText.damagedHeading(damagedIds.length);
  const heading = items.find(({ index }) => index === headingIndex);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the rows, which are buttons
    <div ref={scrollRef} className={classes.scroller} onKeyDown={onKeyDown}>
      <div style={{ height: virtualizer.getTotalSize() }}>
        <ListPart
          label={connectionsText.list}
          items={items}
          count={ids.length}
          offset={0}
          row={(position) => rowOf(position, SourceRow)}
        />
        {heading !== undefined && (
          <h2 className={`${classes.item} ${classes.heading}`} style={placed(heading)}>
            {damagedLabel}
          </h2>
        )}
        {damagedIds.length > 0 && (
          <ListPart
            label={damagedLabel}
            items={items}
            count={damagedIds.length}
            offset={headingIndex + 1}
            row={(position) => rowOf(headingIndex + position, DamagedRow)}
          />
        )}
      </div>
    </div>
  );
}
