/** Door of the middle of the window: one data source, whether it can be used or not. */
import { lazy } from 'react';

export const DamagedWorkspace = lazy(async () => ({
  default: (await import('./DamagedWorkspace.tsx')).DamagedWorkspace,
}));

export const Workspace = lazy(async () => ({ default: (await import('./Workspace.tsx')).Workspace }));

export { useWorkspaceStore } from './workspaceStore.ts';
