// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, which a table's own layout cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus and says which row is the active one
import { IconBellOff, IconBellRinging, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatExactMoment, formatMoment } from '../../lib/format.ts';
import { alertsText as words } from '../../text/alerts.ts';
import classes from './Alerts.module.css';
import { type AlertColumn, isFiring, type ListedAlert } from './alertRows.ts';
import { useSubjectName } from './useSubject.ts';

/** Whether it fires, is snoozed, or how it was over: by shape, colour and word. */
export function AlertState({ alert }: { readonly alert: ListedAlert }) {
  const isSnoozed = isFiring(alert) && alert.snoozedUntil !== null;
  const Icon = isSnoozed ? IconBellOff : isFiring(alert) ? IconBellRinging : IconCheck;
  const word = isFiring(alert) ? (isSnoozed ? words.snoozedShort : words.firing) : words.ends[alert.end];
  return (
    <span className={classes.state} data-firing={(isFiring(alert) && !isSnoozed) || undefined}>
      <Icon size={13} aria-hidden />
      <span className={classes.stateWord}>{word}</span>
    </span>
  );
}

/** The name of its data source or pipeline: today's, or that of then when it is gone. */
function SubjectName({ alert }: { readonly alert: ListedAlert }) {
  const name = useSubjectName(alert.kind, alert.subjectId);
  return <span className={classes.subject}>{name ?? alert.subjectName}</span>;
}

/** How long it lasted, or has until now. What became of one after Mooring was closed is not known. */
export function lastedText(alert: ListedAlert, nowMs: number): string {
  if (isFiring(alert)) return words.lasted(nowMs - alert.startedAt);
  return alert.end === 'app-closed' ? '' : words.lasted(alert.endedAt - alert.startedAt);
}

const contents: Record<AlertColumn, (alert: ListedAlert, nowMs: number) => ReactNode> = {
  state: (alert) => <AlertState alert={alert} />,
  subject: (alert) => <SubjectName alert={alert} />,
  what: ({ kind }) => words.kinds[kind],
  value: ({ kind, value }) => words.figure(kind, value),
  threshold: ({ kind, threshold }) => words.figure(kind, threshold),
  began: ({ startedAt }) => (
    <time title={formatExactMoment(startedAt)} className={classes.time}>
      {formatMoment(startedAt)}
    </time>
  ),
  lasted: lastedText,
};

interface AlertCellProps {
  readonly column: AlertColumn;
  readonly isNumber: boolean;
  readonly alert: ListedAlert;
  readonly nowMs: number;
}

export function AlertCell({ column, isNumber, alert, nowMs }: AlertCellProps) {
  return (
    <span role="gridcell" data-number={isNumber || undefined}>
      {contents[column](alert, nowMs)}
    </span>
  );
}
