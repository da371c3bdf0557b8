/** Door of the settings: their tab, loaded when it is first shown, and the preferences that the whole window follows. */
import { lazy, Suspense } from 'react';
import type { TabContentProps } from '../tabs/index.ts';

export { monitoringStore } from './monitoring.ts';
export { changeAppLock, enableAppLock, setRotationReminder, startOver } from './securityActions.ts';
export { rowLimitChoices, settingsStore, useSettings } from './settings.ts';
export { tracingStore } from './tracing.ts';

const LazySettingsTab = lazy(async () => ({ default: (await import('./SettingsTab.tsx')).SettingsTab }));

export function SettingsTab(props: TabContentProps<'settings'>) {
  return (
    <Suspense>
      <LazySettingsTab {...props} />
    </Suspense>
  );
}
