import { Button, VisuallyHidden } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconRoute, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { PipelineSummary } from '../../../../shared/model/pipelineViews.ts';
import type { Run } from '../../../../shared/model/runs.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorPanel } from '../../../components/ErrorPanel.tsx';
import { call, onEvent } from '../../../lib/api.ts';
import { formatMoment } from '../../../lib/format.ts';
import { useNow } from '../../../lib/useNow.ts';
import { useRefreshCommand } from '../../../lib/useRefreshCommand.ts';
import { pipelinesText, runsText as words } from '../../../text/pipelines.ts';
import { changeRun, runPipeline } from '../pipelineActions.ts';
import { askAgain } from '../questions.ts';
import { RunStateMark } from '../RunStateMark.tsx';
import { isUnderWay } from '../runProgress.ts';
import { createRunsStore, type RunsStore } from './createRunsStore.ts';
import { RunFacts, RunNotice } from './RunFacts.tsx';
import { RunFigures } from './RunFigures.tsx';
import { RunList } from './RunList.tsx';
import { RunLog } from './RunLog.tsx';
import classes from './Runs.module.css';

const after = (delayMs: number, work: () => void): (() => void) => {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
};

/** What can be done with a run in its state. */
function RunActions({ run, pipeline }: { readonly run: Run; readonly pipeline: PipelineSummary }) {
  if (!isUnderWay(run)) {
    const isBusy = isUnderWay(pipeline.run);
    return (
      <>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerPlay size={14} />}
          disabled={isBusy}
          onClick={() => void runPipeline(pipeline.id)}
        >
          {words.runAgain}
        </Button>
        <Button size="xs" variant="subtle" disabled={isBusy} onClick={() => askAgain(pipeline)}>
          {words.fromBeginning}…
        </Button>
      </>
    );
  }
  return (
    <>
      {run.state === 'paused' ? (
        <Button
          size="xs"
          leftSection={<IconPlayerPlay size={14} />}
          onClick={() => void changeRun('resume', run.id)}
        >
          {words.resume}
        </Button>
      ) : (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerPause size={14} />}
          onClick={() => void changeRun('pause', run.id)}
        >
          {words.pause}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconX size={14} />}
        onClick={() => void changeRun('cancel', run.id)}
      >
        {words.cancel}
      </Button>
    </>
  );
}

interface RunDetailProps {
  readonly run: Run;
  readonly pipeline: PipelineSummary;
  readonly store: StoreApi<RunsStore>;
  readonly nowMs: number;
}

/** One run whole: what it does or did, why it failed, and what it has written down. */
function RunDetail({ run, pipeline, store, nowMs }: RunDetailProps) {
  return (
    <section className={classes.detail} aria-label={words.detail}>
      <header className={classes.detailHead}>
        <h3 className={classes.detailTitle}>{words.title(formatMoment(run.startedAt ?? run.queuedAt))}</h3>
        <RunStateMark run={run} />
        <VisuallyHidden role="status">{words.announce(run.state)}</VisuallyHidden>
        <div className={classes.actions}>
          <RunActions run={run} pipeline={pipeline} />
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than the tab scrolls, by keyboard too */}
      <div className={classes.detailBody} tabIndex={0}>
        <RunNotice run={run} />
        {run.failure !== null && run.state !== 'succeeded' && run.state !== 'running' && (
          <ErrorPanel error={run.failure} />
        )}
        <RunFigures run={run} nowMs={nowMs} />
        <RunFacts run={run} />
        <RunLog store={store} />
      </div>
    </section>
  );
}

interface RunsPaneProps {
  readonly pipeline: PipelineSummary;
  readonly isShown: boolean;
  readonly isActive: boolean;
}

/** The runs of a pipeline beside the one that is looked at. */
export function RunsPane({ pipeline, isShown, isActive }: RunsPaneProps) {
  const [store] = useState(() => createRunsStore(pipeline.id, { call, onEvent, after }));
  useEffect(() => store.getState().watch(), [store]);
  const { runs, isRead, error, selectedId, refresh } = useStore(store);
  useRefreshCommand(() => void refresh(), isActive);
  const isBusy = runs.some(isUnderWay);
  const nowMs = useNow(isShown, isBusy ? 1_000 : 60_000);
  const selected = runs.find(({ id }) => id === selectedId);
  return (
    <>
      {pipeline.problem !== null && <p className={classes.problem}>{pipeline.problem}</p>}
      {error !== null && (
        <div className={classes.failure}>
          <ErrorPanel error={error} onRetry={() => void refresh()} />
        </div>
      )}
      {isRead && runs.length === 0 && (
        <EmptyState
          icon={<IconRoute size={28} stroke={1.5} />}
          {...words.empty}
          actions={
            <Button size="xs" onClick={() => void runPipeline(pipeline.id)}>
              {pipelinesText.run}
            </Button>
          }
        />
      )}
      {runs.length > 0 && (
        <div className={classes.panes}>
          <RunList store={store} nowMs={nowMs} />
          {selected !== undefined && (
            <RunDetail key={selected.id} run={selected} pipeline={pipeline} store={store} nowMs={nowMs} />
          )}
        </div>
      )}
    </>
  );
}
