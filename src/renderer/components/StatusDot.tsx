import type { ShownStatus } from '../lib/shownStatus.ts';
import classes from './StatusDot.module.css';

/** The state as a coloured dot. Says nothing by itself: text with the same meaning stands beside it. */
export function StatusDot({ status }: { status: ShownStatus }) {
  return <span className={classes.dot} data-status={status} aria-hidden />;
}
