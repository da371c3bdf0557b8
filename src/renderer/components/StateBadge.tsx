import type { SourceState } from '../../shared/model/sourceState.ts';
import { shownStatus } from '../lib/shownStatus.ts';
import { vocabulary } from '../text/vocabulary.ts';
import classes from './StateBadge.module.css';
import { StatusDot } from './StatusDot.tsx';

interface StateBadgeProps {
  readonly state: SourceState;
  /** Replaces the short word, for instance with a countdown. */
  readonly label?: string;
}

/** The state of a data source as a dot with its word. */
export function StateBadge({ state, label }: StateBadgeProps) {
  return (
    <span className={classes.badge}>
      <StatusDot status={shownStatus(state)} />
      {label ?? vocabulary.stateLabel[shownStatus(state)]}
    </span>
  );
}
