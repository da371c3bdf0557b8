/** Door of diagrams of tables. Their code is loaded when the first one is opened. */
import { lazy } from 'react';

export const DiagramTab = lazy(async () => ({ default: (await import('./DiagramTab.tsx')).DiagramTab }));
