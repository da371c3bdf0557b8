import type { SourceState } from '../../shared/model/sourceState.ts';
import classes from './StatusDot.module.css';

/** The state as a coloured dot. Says nothing by itself: text with the same meaning stands beside it. */
export function StatusDot({ status }: { status: SourceState['status'] }) {
  return <span className={classes.dot} data-status={status} aria-hidden />;
}
