import { create } from 'zustand';
import { defaultView, type View, viewSchema } from '../../../shared/model/appInfo.ts';

export const workspaceTabs = viewSchema.shape.tab.options;

interface WorkspaceState {
  /** Stays when another data source is selected: who compares two schemas wants to see schemas. */
  readonly tab: View['tab'];
  readonly showTab: (tab: View['tab']) => void;
}

export const useWorkspaceStore = create<WorkspaceState>()((set) => ({
  tab: defaultView.tab,
  showTab: (tab) => set({ tab }),
}));
