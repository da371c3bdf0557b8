import { Progress } from '@mantine/core';
import type { Run } from '../../../../shared/model/runs.ts';
import { formatBytes, formatCount } from '../../../lib/format.ts';
import { roughDuration, runsText as words } from '../../../text/pipelines.ts';
import { durationOf, isUnderWay, shareOf } from '../runProgress.ts';
import classes from './Runs.module.css';

/** How long a run still takes at its present rate; null where that cannot be told. */
function leftMs({ state, progress: { totalCount, readCount, rate } }: Run): number | null {
  if (state !== 'running' || totalCount === null || rate <= 0) return null;
  return (Math.max(0, totalCount - readCount) / rate) * 1_000;
}

type Figure = keyof typeof words.figures;

function figuresOf(run: Run, nowMs: number): readonly (readonly [Figure, string])[] {
  const { progress, state } = run;
  const left = leftMs(run);
  return [
    ['read', formatCount(progress.readCount)],
    ['written', formatCount(progress.writtenCount)],
    ['rejected', formatCount(progress.rejectedCount)],
    ['bytes', formatBytes(progress.byteCount)],
    ...(state === 'running' ? [['rate', words.rate(progress.rate)] as const] : []),
    ...(left === null ? [] : [['left', roughDuration(left)] as const]),
    ['duration', durationOf(run, nowMs)],
  ];
}

/** How far a run is, or was: its phase and its figures. */
export function RunFigures({ run, nowMs }: { readonly run: Run; readonly nowMs: number }) {
  const { progress, state } = run;
  const share = shareOf(run);
  return (
    <>
      {isUnderWay(run) && state !== 'waiting' && (
        <div className={classes.progress}>
          <span className={classes.phase}>
            {state === 'running' && words.phases[progress.phase]}
            {progress.totalCount !== null && (
              <span className={classes.of}>{words.progressOf(progress.readCount, progress.totalCount)}</span>
            )}
          </span>
          {share !== null && (
            <Progress value={share * 100} size="sm" aria-label={words.progress} transitionDuration={0} />
          )}
        </div>
      )}
      <dl className={classes.figures}>
        {figuresOf(run, nowMs).map(([figure, value]) => (
          <div
            key={figure}
            className={classes.figure}
            data-warning={(figure === 'rejected' && progress.rejectedCount > 0) || undefined}
          >
            <dt>{words.figures[figure]}</dt>
            <dd>{value === '' ? '–' : value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
