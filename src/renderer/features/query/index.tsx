/** Door of the query tab and of the history. Both are loaded when the first of them is shown, never with the window. */
import { type ComponentProps, lazy, Suspense } from 'react';
import type { TabContentProps } from '../tabs/index.ts';

const LazyQueryTab = lazy(async () => ({ default: (await import('./QueryTab.tsx')).QueryTab }));
const LazySqlText = lazy(async () => ({ default: (await import('./editor/SqlText.tsx')).SqlText }));
const LazySqlField = lazy(async () => ({ default: (await import('./editor/SqlField.tsx')).SqlField }));
const LazyHistoryTab = lazy(async () => ({ default: (await import('./history/HistoryTab.tsx')).HistoryTab }));

export function QueryTab(props: TabContentProps<'query'>) {
  return (
    <Suspense>
      <LazyQueryTab {...props} />
    </Suspense>
  );
}

/** SQL to read, as the editor shows it. */
export function SqlText(props: ComponentProps<typeof LazySqlText>) {
  return (
    <Suspense>
      <LazySqlText {...props} />
    </Suspense>
  );
}

/** SQL that is a field of a form. */
export function SqlField(props: ComponentProps<typeof LazySqlField>) {
  return (
    <Suspense>
      <LazySqlField {...props} />
    </Suspense>
  );
}

export function HistoryTab(props: TabContentProps<'history'>) {
  return (
    <Suspense>
      <LazyHistoryTab {...props} />
    </Suspense>
  );
}
