// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, which a table's own layout cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus
import type { ActivityColumn, ActivitySession } from '../../../shared/model/serverActivity.ts';
import { activityText } from '../../text/activity.ts';
import classes from './SessionCell.module.css';
import type { SessionRow } from './sessionRows.ts';

const maxShownLength = 400;

const oneLine = (text: string): string => text.slice(0, maxShownLength).replace(/\s+/g, ' ').trim();
const durationText = (durationMs: number | null): string =>
  durationMs === null ? '' : activityText.duration(durationMs);

/** What stands in a cell; empty where there is nothing to say. */
function cellText(
  { session, wait }: SessionRow,
  column: Exclude<ActivityColumn, 'state' | 'number'>,
): string {
  switch (column) {
    case 'waitsFor':
      return wait === null ? (session.waitsFor ?? '') : activityText.lock(wait);
    case 'statementMs':
    case 'transactionMs':
      return durationText(session[column]);
    case 'statement':
      return oneLine(session.statement?.text ?? '');
    case 'application':
      return session.application ?? activityText.owner[session.owner];
    default:
      return session[column] ?? '';
  }
}

/** The state in words, with a mark. */
export function SessionState({ state }: Pick<ActivitySession, 'state'>) {
  return (
    <span className={classes.state} data-state={state ?? undefined}>
      <span className={classes.mark} aria-hidden />
      {state === null ? activityText.hiddenState : activityText.state[state]}
    </span>
  );
}

interface SessionCellProps {
  readonly column: ActivityColumn;
  readonly isNumber: boolean;
  readonly row: SessionRow;
}

/** One value of a session. */
export function SessionCell({ column, isNumber, row }: SessionCellProps) {
  const { session, depth } = row;
  if (column === 'state') {
    return (
      <span role="gridcell">
        <SessionState state={session.state} />
      </span>
    );
  }
  if (column === 'number') {
    return (
      <span role="gridcell" className={classes.number} data-depth={depth > 0 || undefined}>
        <span style={{ width: depth * 12 }} className={classes.indent} aria-hidden>
          {depth > 0 ? '└' : ''}
        </span>
        {session.number}
      </span>
    );
  }
  const text = cellText(row, column);
  const isLast = column === 'statement' && session.statementMs === null;
  return (
    <span
      role="gridcell"
      className={column === 'statement' ? classes.statement : undefined}
      data-number={isNumber || undefined}
      data-last={isLast || undefined}
      title={text}
    >
      {text}
    </span>
  );
}
