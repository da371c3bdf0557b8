/** Door of the middle of the window: one data source, whether it can be used or not. */
export { DamagedWorkspace } from './DamagedWorkspace.tsx';
export { Workspace } from './Workspace.tsx';
