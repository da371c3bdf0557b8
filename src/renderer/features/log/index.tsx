/** Door of the log: its tab, and its dialog above other dialogs. Their code is loaded when they are first shown. */
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import type { TabContentProps } from '../tabs/index.ts';
import { logDialogStore } from './log.ts';

export { openLog, showInLog } from './log.ts';

const LazyLogTab = lazy(async () => ({ default: (await import('./LogTab.tsx')).LogTab }));
const LazyLogDialog = lazy(async () => ({ default: (await import('./LogTab.tsx')).LogDialog }));

export function LogTab(props: TabContentProps<'log'>) {
  return (
    <Suspense>
      <LazyLogTab {...props} />
    </Suspense>
  );
}

export function LogDialog() {
  const { isOpen } = useStore(logDialogStore);
  return (
    isOpen && (
      <Suspense>
        <LazyLogDialog />
      </Suspense>
    )
  );
}
