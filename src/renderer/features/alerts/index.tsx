/** Door of alerts: what fires, in the status bar; their tab and their rules, whose code is loaded when they are first shown. */
import { lazy, Suspense } from 'react';
import type { TabContentProps } from '../tabs/index.ts';

export { AlertBell } from './AlertBell.tsx';
export { followAlerts, openAlerts } from './alerts.ts';

const LazyAlertsTab = lazy(async () => ({ default: (await import('./AlertsTab.tsx')).AlertsTab }));
const LazyRules = lazy(async () => ({ default: (await import('./rules/AlertRules.tsx')).AlertRules }));

export function AlertsTab(props: TabContentProps<'alerts'>) {
  return (
    <Suspense>
      <LazyAlertsTab {...props} />
    </Suspense>
  );
}

export function AlertRules() {
  return (
    <Suspense>
      <LazyRules />
    </Suspense>
  );
}
