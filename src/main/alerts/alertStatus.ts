import { maxListedAlerts } from '../../shared/model/alertChoices.ts';
import type { AlertStatus } from '../../shared/model/alerts.ts';
import type { AlertSnoozes } from './AlertSnoozes.ts';
import type { FiringAlerts } from './FiringAlerts.ts';

/** What fires, as the window is told. */
export function alertStatus(firing: FiringAlerts, snoozes: AlertSnoozes): AlertStatus {
  const all = firing.all().map(({ endedAt: _endedAt, end: _end, ...alert }) => ({
    ...alert,
    snoozedUntil: snoozes.until(alert.kind, alert.subjectId),
  }));
  return {
    firing: all.toReversed().slice(0, maxListedAlerts),
    firingCount: all.length,
    unsnoozedCount: all.filter(({ snoozedUntil }) => snoozedUntil === null).length,
    endedCount: firing.endedCount,
  };
}
