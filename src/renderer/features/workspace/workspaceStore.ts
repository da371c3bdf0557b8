import { create } from 'zustand';
import type { View } from '../../../shared/model/appInfo.ts';
import { defaultView } from '../../../shared/model/defaults.ts';

interface WorkspaceState {
  /** Stays when another data source is selected: who compares two schemas wants to see schemas. */
  readonly tab: View['tab'];
  readonly showTab: (tab: View['tab']) => void;
}

export const useWorkspaceStore = create<WorkspaceState>()((set) => ({
  tab: defaultView.tab,
  showTab: (tab) => set({ tab }),
}));
