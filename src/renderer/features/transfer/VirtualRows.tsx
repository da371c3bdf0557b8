// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by position, which lists and tables would not allow
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import classes from './Transfer.module.css';

interface VirtualRowsProps {
  readonly label: string;
  readonly count: number;
  /** Height of a row before it is measured, in pixels. */
  readonly rowHeight: number;
  /** Takes the focus when its window, or a step of it, begins. */
  readonly focused?: boolean;
  readonly children: (index: number) => ReactNode;
}

/** A long list in a box that scrolls. Only the rows in view exist; each is as high as what it says. */
export function VirtualRows({ label, count, rowHeight, focused, children }: VirtualRowsProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  return (
    <div
      ref={scrollRef}
      className={classes.rows}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too (WCAG 2.1.1)
      tabIndex={0}
      role="group"
      aria-label={label}
      data-autofocus={focused || undefined}
    >
      <div role="list" aria-label={label} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => (
          <div
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            role="listitem"
            aria-setsize={count}
            aria-posinset={index + 1}
            className={classes.row}
            style={{ transform: `translateY(${start}px)` }}
          >
            {children(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
