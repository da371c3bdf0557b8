import { IconChevronRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { ColorMark } from '../../components/ColorMark.tsx';
import { Keys } from '../../components/Keys.tsx';
import { EngineIcon } from '../../icons/EngineIcon.tsx';
import { NodeIcon } from '../../icons/NodeIcon.tsx';
import { paletteText } from '../../text/commands.ts';
import classes from './Palette.module.css';
import type { PaletteItem } from './paletteItems.ts';

const rowHeight = 32;

function ItemIcon({ item }: { item: PaletteItem }) {
  if (item.kind === 'relation') return <NodeIcon kind={item.node.kind} size={15} />;
  if (item.kind === 'source') return <EngineIcon kind={item.source.engine.kind} size={15} />;
  return <IconChevronRight size={15} stroke={1.6} aria-hidden />;
}

function ItemRow({ item }: { item: PaletteItem }) {
  return (
    <>
      <span className={classes.icon}>
        <ItemIcon item={item} />
      </span>
      {item.kind !== 'command' && <ColorMark color={item.source.color} />}
      <span className={classes.name}>{item.name}</span>
      <span className={classes.detail}>{item.detail}</span>
      {item.kind === 'command' && item.command.shortcut !== undefined && (
        <Keys shortcut={item.command.shortcut} />
      )}
    </>
  );
}

interface ItemListProps {
  readonly id: string;
  readonly items: readonly PaletteItem[];
  readonly activeIndex: number;
  readonly onActivate: (index: number) => void;
  readonly onChoose: (item: PaletteItem) => void;
}

/** What was found. Only the rows on the screen exist; the focus stays in the field above. */
export function ItemList({ id, items, activeIndex, onActivate, onChoose }: ItemListProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const { scrollToIndex } = virtualizer;
  useEffect(() => {
    if (items.length > 0) scrollToIndex(activeIndex);
  }, [activeIndex, items, scrollToIndex]);
  return (
    <div ref={scrollRef} className={classes.scroller} tabIndex={-1}>
      <div
        id={id}
        role="listbox"
        aria-label={paletteText.results}
        className={classes.list}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          return (
            item !== undefined && (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is in the field
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
              <div
                key={item.key}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === activeIndex}
                aria-setsize={items.length}
                aria-posinset={index + 1}
                className={classes.row}
                style={{ transform: `translateY(${start}px)` }}
                onMouseMove={() => onActivate(index)}
                onClick={() => onChoose(item)}
              >
                <ItemRow item={item} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
