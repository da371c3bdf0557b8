/** Door of the tab of a data source, whether it can be used or not. */
import { lazy } from 'react';

export const SourceTab = lazy(async () => ({ default: (await import('./SourceTab.tsx')).SourceTab }));

export { SessionGate } from './SessionGate.tsx';
export { withErrorActions } from './withErrorActions.tsx';
