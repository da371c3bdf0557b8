/** Door of the tab of a relation. It is loaded when the first relation is opened. */
import { lazy } from 'react';

export { RelationGate } from './RelationGate.tsx';

export const RelationTab = lazy(async () => ({ default: (await import('./RelationTab.tsx')).RelationTab }));
