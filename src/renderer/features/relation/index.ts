/** Door of the tab of a relation. Its code is loaded when the first one is opened. */
import { lazy } from 'react';

export const RelationTab = lazy(async () => ({ default: (await import('./RelationTab.tsx')).RelationTab }));
