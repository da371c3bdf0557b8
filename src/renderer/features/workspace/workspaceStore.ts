import { create } from 'zustand';

export const workspaceTabs = ['overview', 'schema', 'metrics'] as const;
type WorkspaceTab = (typeof workspaceTabs)[number];

interface WorkspaceState {
  /** Stays when another data source is selected: who compares two schemas wants to see schemas. */
  readonly tab: WorkspaceTab;
  readonly showTab: (tab: WorkspaceTab) => void;
}

export const useWorkspaceStore = create<WorkspaceState>()((set) => ({
  tab: 'overview',
  showTab: (tab) => set({ tab }),
}));
