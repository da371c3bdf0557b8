import { useStore } from 'zustand';
import { type AlertKind, isPipelineAlert, type SourceAlertKind } from '../../../shared/model/alertChoices.ts';
import type { AlertNotice, AlertPlace, FiringAlert } from '../../../shared/model/alerts.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { call, onEvent } from '../../lib/api.ts';
import { notifyDone, notifyError, notifyWithLink } from '../../lib/notify.tsx';
import { alertsText } from '../../text/alerts.ts';
import { activeTabOf, tabsStore } from '../tabs/index.ts';
import { type AlertsStore, createAlertsStore } from './createAlertsStore.ts';
import { createPastAlertsStore, type PastAlertsStore } from './createPastAlertsStore.ts';

export const alertsStore = createAlertsStore({ call, onEvent, reportError: notifyError });
export const pastAlertsStore = createPastAlertsStore({ call });

export function useAlerts<Selected>(selector: (store: AlertsStore) => Selected): Selected {
  return useStore(alertsStore, selector);
}

export function usePastAlerts<Selected>(selector: (store: PastAlertsStore) => Selected): Selected {
  return useStore(pastAlertsStore, selector);
}

/** Where a person sees more of what an alert about a data source is about. */
const segmentOf: Record<SourceAlertKind, Exclude<TabOf<'source'>['segment'], 'statements' | 'settings'>> = {
  down: 'overview',
  'error-rate': 'metrics',
  'latency-p95': 'metrics',
  'pool-exhausted': 'metrics',
  'server-connections': 'activity',
  'replication-lag': 'activity',
};

/** What a button says that goes there. */
export const showLabelOf = (kind: AlertKind): string =>
  alertsText.detail.show[isPipelineAlert(kind) ? 'runs' : segmentOf[kind]];

export const openAlerts = (): void => void tabsStore.getState().openAlerts();

/** Goes to what an alert is about, or to the list when it is about several things. */
export function showPlace(place: AlertPlace): void {
  const { openPipeline, openSource } = tabsStore.getState();
  if (place === null) openAlerts();
  else if (isPipelineAlert(place.kind)) openPipeline(place.subjectId, place.subjectName, 'runs');
  else openSource(place.subjectId, segmentOf[place.kind]);
}

/** Gives its data source or pipeline a rule of its own that is off, and says so. */
export async function turnOff({ kind, subjectId, subjectName }: FiringAlert): Promise<void> {
  const isOff = await alertsStore.getState().turnOff(kind, subjectId);
  if (isOff) notifyDone(alertsText.snooze.turnedOff(kind, subjectName));
}

/** Says that there is a new alert, unless the list of them is what is looked at. */
function tell({ title, body, place }: AlertNotice): void {
  if (activeTabOf(tabsStore.getState())?.kind === 'alerts') return;
  notifyWithLink({ title, message: body, linkLabel: alertsText.showNotice, onLink: () => showPlace(place) });
}

/** Follows what main says of alerts; the returned function stops. */
export function followAlerts(): () => void {
  const stops = [
    alertsStore.getState().start(),
    onEvent('alerts.notice', tell),
    onEvent('alerts.show', showPlace),
    onEvent('store.replaced', () => void pastAlertsStore.getState().refresh()),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
