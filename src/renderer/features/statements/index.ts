/** Door of the statistics of statements. Loaded when they are first shown. */
import { lazy } from 'react';

export const StatementsPanel = lazy(async () => ({
  default: (await import('./StatementsPanel.tsx')).StatementsPanel,
}));
