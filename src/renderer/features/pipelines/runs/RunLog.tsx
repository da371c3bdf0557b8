import { useEffect, useRef } from 'react';
import { type StoreApi, useStore } from 'zustand';
import { ErrorPanel } from '../../../components/ErrorPanel.tsx';
import { formatClockTime, formatExactMoment } from '../../../lib/format.ts';
import { runsText as words } from '../../../text/pipelines.ts';
import type { RunsStore } from './createRunsStore.ts';
import classes from './Runs.module.css';

/** Further from the end nobody is reading the newest lines. */
const nearEndPx = 24;

/** What a run has written down, oldest first. Its end stays in view while one looks at it. */
export function RunLog({ store }: { readonly store: StoreApi<RunsStore> }) {
  const log = useStore(store, (state) => state.log);
  const selectedId = useStore(store, (state) => state.selectedId);
  const ref = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const lines = log?.runId === selectedId ? log.lines : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the lines is a reason to scroll
  useEffect(() => {
    const room = ref.current;
    if (room !== null && isAtEnd.current) room.scrollTop = room.scrollHeight;
  }, [lines]);
  return (
    <section className={classes.log} aria-label={words.log}>
      <h3 className={classes.logTitle}>{words.log}</h3>
      {log !== null && log.error !== null && <ErrorPanel error={log.error} />}
      {lines !== null && lines.length === 0 && log?.error === null && (
        <p className={classes.noLog}>{words.noLog}</p>
      )}
      {lines !== null && lines.length > 0 && (
        <div
          ref={ref}
          className={classes.logLines}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too
          tabIndex={0}
          onScroll={({ currentTarget: room }) => {
            isAtEnd.current = room.scrollHeight - room.scrollTop - room.clientHeight < nearEndPx;
          }}
        >
          <ol>
            {lines.map(({ at, level, text }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines only come behind those that are there
              <li key={index} data-level={level}>
                <time title={formatExactMoment(at)}>{formatClockTime(at)}</time>
                {level !== 'info' && <span className={classes.level}>{words.levels[level]}</span>}
                <span className={classes.logText}>{text}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}
