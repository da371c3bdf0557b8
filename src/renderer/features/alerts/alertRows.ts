import type { FiringAlert, PastAlert } from '../../../shared/model/alerts.ts';
import { type RowColumn, rowColumn } from '../../components/rowColumns.ts';
import type { alertsText } from '../../text/alerts.ts';
import type { AlertFilter } from './createPastAlertsStore.ts';

export type ListedAlert = FiringAlert | PastAlert;

/** An alert in the list. */
export interface AlertRow {
  readonly id: string;
  readonly key: string;
  readonly alert: ListedAlert;
  readonly mark?: 'dimmed';
}

export const isFiring = (alert: ListedAlert): alert is FiringAlert => !('end' in alert);

/** Those that fire first, then those that are over. One that was over in the meantime stands in both lists for a moment. */
export function alertRows(
  firing: readonly FiringAlert[],
  past: readonly PastAlert[],
  { kind, subjectId }: AlertFilter,
): AlertRow[] {
  const shown = firing.filter(
    (alert) => (kind ?? alert.kind) === alert.kind && (subjectId ?? alert.subjectId) === alert.subjectId,
  );
  const ids = new Set(shown.map(({ id }) => id));
  return [...shown, ...past.filter(({ id }) => !ids.has(id))].map((alert) => ({
    id: String(alert.id),
    key: String(alert.id),
    alert,
    ...(!isFiring(alert) && { mark: 'dimmed' as const }),
  }));
}

export type AlertColumn = keyof (typeof alertsText)['columns'];

export const alertColumns: readonly RowColumn<AlertColumn>[] = [
  rowColumn('state', 108),
  { ...rowColumn('subject', 120), track: 'minmax(120px, 1fr)' },
  { ...rowColumn('what', 132), track: 'minmax(132px, 1fr)' },
  rowColumn('value', 88, 2, true),
  rowColumn('threshold', 80, 3, true),
  rowColumn('began', 150, 0),
  rowColumn('lasted', 92, 1, true),
];
