import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { useCopyText } from '../../../components/Clipboard.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorPanel } from '../../../components/ErrorPanel.tsx';
import { queryText } from '../../../text/query.ts';
import type { LogLine } from '../run/runState.ts';
import { isRunning } from '../session/createQueryStore.ts';
import { useDesk, useQuery } from '../session/deskContext.ts';
import { logText } from './logText.ts';
import { MessageLine } from './MessageLine.tsx';
import classes from './Results.module.css';

const lineHeightPx = 26;

/** Keeps the newest line in view while somebody looks at the end. Lines that are not shown cannot be scrolled. */
function useStickToEnd(
  lines: readonly LogLine[],
  isShown: boolean,
  ref: RefObject<HTMLElement | null>,
  showLine: (index: number) => void,
): void {
  const isAtEndRef = useRef(true);
  const show = useEffectEvent(showLine);
  useEffect(() => {
    const viewport = ref.current;
    if (viewport === null) return;
    const onScroll = () => {
      isAtEndRef.current = viewport.scrollHeight - viewport.scrollTop - viewport.clientHeight < lineHeightPx;
    };
    viewport.addEventListener('scroll', onScroll, { passive: true });
    return () => viewport.removeEventListener('scroll', onScroll);
  }, [ref]);
  useEffect(() => {
    if (isShown && isAtEndRef.current && lines.length > 0) show(lines.length - 1);
  }, [lines, isShown]);
}

function Lines({ lines, isShown }: { readonly lines: readonly LogLine[]; readonly isShown: boolean }) {
  const ref = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => ref.current,
    estimateSize: () => lineHeightPx,
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 10,
    // To measure what is hidden would lay the page out while rows wait to be drawn.
    enabled: isShown,
  });
  useStickToEnd(lines, isShown, ref, (index) => virtualizer.scrollToIndex(index, { align: 'end' }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too (WCAG 2.1.1)
    <div ref={ref} role="log" className={classes.lines} aria-label={queryText.messages} tabIndex={0}>
      <div className={classes.canvas} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          return (
            line !== undefined && (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className={classes.lineSlot}
                style={{ transform: `translateY(${start}px)` }}
              >
                <MessageLine line={line} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

/** What the server said, in order: notices, outcomes and errors, with their statement and time. */
export const Messages = memo(function Messages({ isShown }: { readonly isShown: boolean }) {
  const { store } = useDesk();
  const copyText = useCopyText();
  const lines = useQuery((state) => state.log);
  const runError = useQuery((state) => state.runError);
  const running = useQuery(isRunning);
  const copyAll = () => copyText(logText(store.getState()));
  return (
    <div className={classes.messages}>
      {runError !== null && (
        <div className={classes.runError}>
          <ErrorPanel error={runError} />
        </div>
      )}
      {lines.length > 0 ? (
        <>
          <Lines lines={lines} isShown={isShown} />
          <Tooltip label={queryText.copyMessages} position="left">
            <ActionIcon className={classes.copyAll} aria-label={queryText.copyMessages} onClick={copyAll}>
              <IconCopy size={15} />
            </ActionIcon>
          </Tooltip>
        </>
      ) : (
        runError === null &&
        !running && <EmptyState title={queryText.noMessages} message={queryText.noMessagesMessage} />
      )}
    </div>
  );
});
