/** Door of single requests. Their code is loaded when the first tab of one is opened. */
import { lazy } from 'react';

export const RequestTab = lazy(async () => ({ default: (await import('./RequestTab.tsx')).RequestTab }));
