import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconPlayerPause,
  IconPlayerSkipForward,
  IconProgress,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Run, RunState } from '../../../shared/model/runs.ts';
import { formatShare } from '../../lib/format.ts';
import { pipelinesText as words } from '../../text/pipelines.ts';
import classes from './Pipelines.module.css';
import { shareOf } from './runProgress.ts';

const icons: Record<RunState, TablerIcon> = {
  waiting: IconClock,
  running: IconProgress,
  interrupted: IconAlertTriangle,
  paused: IconPlayerPause,
  succeeded: IconCircleCheck,
  failed: IconCircleX,
  cancelled: IconBan,
  skipped: IconPlayerSkipForward,
};

/** How a run is, by shape, colour and word. Null: there was none. */
export function RunStateMark({ run }: { readonly run: Run | null }) {
  if (run === null) {
    return (
      <span className={classes.state}>
        <IconCircleDashed size={14} aria-hidden />
        <span className={classes.stateWord}>{words.neverRun}</span>
      </span>
    );
  }
  const Icon = icons[run.state];
  const share = run.state === 'running' ? shareOf(run) : null;
  return (
    <span className={classes.state} data-state={run.state}>
      <Icon size={14} aria-hidden />
      <span className={classes.stateWord}>
        {words.states[run.state]}
        {share !== null && ` ${formatShare(share)}`}
      </span>
    </span>
  );
}
