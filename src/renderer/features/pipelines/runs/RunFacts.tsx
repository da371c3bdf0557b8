import { Button } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import type { Run, RunOutcome } from '../../../../shared/model/runs.ts';
import { type Fact, FactList } from '../../../components/FactList.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { formatClockTime, formatCount, formatExactMoment } from '../../../lib/format.ts';
import { runsText as words } from '../../../text/pipelines.ts';
import { showRunFile } from '../pipelineActions.ts';
import classes from './Runs.module.css';

/** What a person should know of a run in this state, besides its figures. */
export function RunNotice({ run }: { readonly run: Run }) {
  const { state, retryAt, attempt, outcome } = run;
  if (state === 'waiting' && retryAt !== null) {
    return <Notice tone="warning">{words.retry(attempt + 1, formatClockTime(retryAt))}</Notice>;
  }
  if (state === 'waiting') return <Notice tone="info">{words.waiting}</Notice>;
  if (state === 'paused') return <Notice tone="info">{words.paused}</Notice>;
  if (state === 'interrupted') return <Notice tone="warning">{words.interrupted}</Notice>;
  if (outcome !== null && outcome.rowsAfter === 0 && (outcome.rowsBefore ?? 0) > 0) {
    return <Notice tone="warning">{words.emptied(outcome.rowsBefore ?? 0)}</Notice>;
  }
  return null;
}

interface FileFactProps {
  readonly run: Run;
  readonly file: 'written' | 'rejects';
  readonly name: string;
}

const FileFact = ({ run, file, name }: FileFactProps) => (
  <span className={classes.file}>
    <span className={classes.fileName}>{name}</span>
    <Button
      size="xs"
      variant="subtle"
      leftSection={<IconFolder size={14} />}
      aria-label={words.showFileOf(name)}
      onClick={() => void showRunFile(run.id, file)}
    >
      {words.showFile}
    </Button>
  </span>
);

const moment = (at: number | null): string => (at === null ? '' : formatExactMoment(at));

type FactKey = keyof typeof words.facts;

function replacedText({ rowsBefore, rowsAfter }: RunOutcome): string {
  return rowsBefore === null || rowsAfter === null ? '' : words.replaced(rowsBefore, rowsAfter);
}

const outcomeFacts = (outcome: RunOutcome): readonly (readonly [FactKey, string])[] => [
  ['replaced', replacedText(outcome)],
  ['deleted', outcome.deletedCount === 0 ? '' : formatCount(outcome.deletedCount)],
  ['watermark', outcome.watermark ?? ''],
  ['added', outcome.addedColumns.join(', ')],
];

/** What is known of a run, with its labels. What there is nothing to say about is left out. */
export function RunFacts({ run }: { readonly run: Run }) {
  const { outcome, rejectsFile } = run;
  const fileName = outcome?.fileName ?? null;
  const texts: readonly (readonly [FactKey, string])[] = [
    ['reason', words.reason(run.reason)],
    ['queued', run.startedAt === null ? moment(run.queuedAt) : ''],
    ['started', moment(run.startedAt)],
    ['ended', moment(run.endedAt)],
    ['attempt', run.attempt > 1 ? formatCount(run.attempt) : ''],
    ['worker', run.worker ?? ''],
    ...(outcome === null ? [] : outcomeFacts(outcome)),
  ];
  const facts: Fact[] = texts
    .filter(([, value]) => value !== '')
    .map(([fact, value]) => ({ label: words.facts[fact], value }));
  if (fileName !== null) {
    facts.push({
      label: words.facts.file,
      value: <FileFact run={run} file="written" name={fileName} />,
    });
  }
  if (rejectsFile !== null) {
    facts.push({
      label: words.facts.rejects,
      value: <FileFact run={run} file="rejects" name={rejectsFile} />,
    });
  }
  return <FactList facts={facts} />;
}
