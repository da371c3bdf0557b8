// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, which a table's own layout cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus and says which row is the active one
import { ActionIcon, Switch } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPlay } from '@tabler/icons-react';
import type { MouseEvent, ReactNode } from 'react';
import type { PipelineSummary } from '../../../../shared/model/pipelineViews.ts';
import { formatCount, formatExactMoment } from '../../../lib/format.ts';
import { pipelinesText as words } from '../../../text/pipelines.ts';
import classes from '../Pipelines.module.css';
import { runPipeline, setEnabled } from '../pipelineActions.ts';
import { RunSparkline } from '../RunSparkline.tsx';
import { RunStateMark } from '../RunStateMark.tsx';
import { durationOf, isUnderWay } from '../runProgress.ts';
import { shortMoment } from '../shortMoment.ts';
import type { PipelineColumn } from './pipelineRows.ts';

const Moment = ({ at, nowMs }: { readonly at: number; readonly nowMs: number }) => (
  <time title={formatExactMoment(at)} className={classes.figures}>
    {shortMoment(at, nowMs)}
  </time>
);

function nextText({ isEnabled, schedule, nextAt }: PipelineSummary, nowMs: number): ReactNode {
  if (schedule.type === 'manual') return <span className={classes.dimmed}>{words.byHand}</span>;
  if (!isEnabled) return <span className={classes.dimmed}>{words.off}</span>;
  if (schedule.type === 'after') return words.after;
  return nextAt !== null && <Moment at={nextAt} nowMs={nowMs} />;
}

/** How its last run is, or what keeps it from running at all. */
function PipelineState({ pipeline: { problem, run } }: { readonly pipeline: PipelineSummary }) {
  if (problem === null || isUnderWay(run)) return <RunStateMark run={run} />;
  return (
    <span className={classes.state} data-state="interrupted" title={problem}>
      <IconAlertTriangle size={14} aria-hidden />
      <span className={classes.stateWord}>{words.problem}</span>
    </span>
  );
}

/** A click leaves the focus with the table. */
const keepFocus = (event: MouseEvent): void => event.preventDefault();

const contents: Record<PipelineColumn, (pipeline: PipelineSummary, nowMs: number) => ReactNode> = {
  name: ({ name }) => <span className={classes.name}>{name}</span>,
  way: ({ sourceText, destinationText }) => (
    <span title={words.way(sourceText, destinationText)} className={classes.dimmed}>
      {words.way(sourceText, destinationText)}
    </span>
  ),
  state: (pipeline) => <PipelineState pipeline={pipeline} />,
  last: ({ run }, nowMs) => run !== null && <Moment at={run.startedAt ?? run.queuedAt} nowMs={nowMs} />,
  rows: ({ run }) => run !== null && run.startedAt !== null && formatCount(run.progress.writtenCount),
  duration: ({ run }, nowMs) => run !== null && durationOf(run, nowMs),
  next: nextText,
  recent: ({ recent }) => <RunSparkline recent={recent} />,
  enabled: (pipeline) =>
    pipeline.schedule.type !== 'manual' && (
      <Switch
        size="xs"
        tabIndex={-1}
        className={classes.switch}
        aria-label={words.enable(pipeline.name)}
        checked={pipeline.isEnabled}
        onMouseDown={keepFocus}
        onChange={() => void setEnabled(pipeline)}
      />
    ),
  run: (pipeline) =>
    !isUnderWay(pipeline.run) && (
      <ActionIcon
        size={20}
        tabIndex={-1}
        aria-label={`${words.run}: ${pipeline.name}`}
        title={words.run}
        onMouseDown={keepFocus}
        onClick={() => void runPipeline(pipeline.id)}
      >
        <IconPlayerPlay size={14} />
      </ActionIcon>
    ),
};

interface PipelineCellProps {
  readonly column: PipelineColumn;
  readonly isNumber: boolean;
  readonly pipeline: PipelineSummary;
  readonly nowMs: number;
}

export function PipelineCell({ column, isNumber, pipeline, nowMs }: PipelineCellProps) {
  return (
    <span role="gridcell" data-number={isNumber || undefined}>
      {contents[column](pipeline, nowMs)}
    </span>
  );
}
