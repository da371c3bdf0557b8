import { Tooltip } from '@mantine/core';
import frame from '../../components/TabFrame.module.css';
import { formatClockTime } from '../../lib/format.ts';
import { activityText } from '../../text/activity.ts';
import classes from './ActivityPanel.module.css';
import type { SourceActivity } from './activityState.ts';

/** What the samples cost, or why there is none. Takes the same room whatever it says. */
export function SampleCost({ sample, late, isPaused }: Pick<SourceActivity, 'sample' | 'late' | 'isPaused'>) {
  if (sample === null) return <span className={frame.summary} />;
  const { tookMs, nextInMs, isFromPool } = sample.cost;
  const text = isPaused
    ? activityText.pausedAt(formatClockTime(sample.at))
    : late === null
      ? activityText.cost(tookMs, nextInMs)
      : activityText.late(late.afterMs, late.nextInMs);
  return (
    <Tooltip label={`${text} ${activityText.costHint(isFromPool)}`} multiline maw={300}>
      <span className={`${frame.summary} ${classes.cost}`} data-late={late !== null || undefined}>
        {text}
      </span>
    </Tooltip>
  );
}
