import { type KeyboardEvent, useId, useRef } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { Run } from '../../../../shared/model/runs.ts';
import { Listbox, ListOption } from '../../../components/Listbox.tsx';
import { formatExactMoment } from '../../../lib/format.ts';
import { listMove } from '../../../lib/listMove.ts';
import { usePagedRows } from '../../../lib/usePagedRows.ts';
import { runsText as words } from '../../../text/pipelines.ts';
import { RunStateMark } from '../RunStateMark.tsx';
import { durationOf } from '../runProgress.ts';
import { shortMoment } from '../shortMoment.ts';
import type { RunsStore } from './createRunsStore.ts';
import classes from './Runs.module.css';

const rowHeightPx = 44;

function RunRow({ run, nowMs }: { readonly run: Run; readonly nowMs: number }) {
  const { startedAt, queuedAt, progress } = run;
  const at = startedAt ?? queuedAt;
  const facts = [durationOf(run, nowMs), startedAt === null ? '' : words.rows(progress.writtenCount)];
  return (
    <>
      <span className={classes.runHead}>
        <RunStateMark run={run} />
        <time className={classes.moment} title={formatExactMoment(at)}>
          {shortMoment(at, nowMs)}
        </time>
      </span>
      <span className={classes.runFacts}>{facts.filter((fact) => fact !== '').join(' · ')}</span>
    </>
  );
}

interface RunListProps {
  readonly store: StoreApi<RunsStore>;
  readonly nowMs: number;
}

/** The runs, of which only those in view exist; older ones are read when the end comes near. */
export function RunList({ store, nowMs }: RunListProps) {
  const runs = useStore(store, (state) => state.runs);
  const selectedId = useStore(store, (state) => state.selectedId);
  const listId = useId();
  const viewportRef = useRef<HTMLDivElement>(null);
  const { rows, totalHeightPx, show } = usePagedRows({
    count: runs.length,
    rowHeightPx,
    viewportRef,
    loadMore: store.getState().loadMore,
  });
  const selectedAt = runs.findIndex(({ id }) => id === selectedId);
  const isDrawn = rows.some(({ index }) => index === selectedAt);
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((viewportRef.current?.clientHeight ?? 0) / rowHeightPx) - 1);
    const at = listMove(event.key, selectedAt, runs.length, page);
    const run = at === null ? undefined : runs[at];
    if (at === null || run === undefined) return;
    event.preventDefault();
    store.getState().select(run.id);
    show(at);
  };
  return (
    <Listbox
      ref={viewportRef}
      className={classes.list}
      aria-label={words.list}
      activeId={isDrawn ? `${listId}-${selectedId}` : undefined}
      totalHeightPx={totalHeightPx}
      onKeyDown={onKeyDown}
    >
      {rows.map(({ index, start }) => {
        const run = runs[index];
        return (
          run !== undefined && (
            <ListOption
              key={run.id}
              id={`${listId}-${run.id}`}
              className={classes.run}
              isSelected={run.id === selectedId}
              top={start}
              onClick={() => store.getState().select(run.id)}
            >
              <RunRow run={run} nowMs={nowMs} />
            </ListOption>
          )
        );
      })}
    </Listbox>
  );
}
