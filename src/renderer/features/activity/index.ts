/** Door of the activity of a server: its sessions and who waits for whom. Loaded when it is first shown. */
import { lazy } from 'react';

export { useHasActivity } from './activity.ts';

export const ActivityPanel = lazy(async () => ({
  default: (await import('./ActivityPanel.tsx')).ActivityPanel,
}));

export const ServerSection = lazy(async () => ({
  default: (await import('./ServerSection.tsx')).ServerSection,
}));
