import { createStore } from 'zustand/vanilla';
import type { ResultColumn, ResultId, ViewId } from '../../../shared/model/results.ts';

/** The cell that the keyboard is on in the grid in front. */
export interface InspectorTarget {
  readonly resultId: ResultId;
  readonly viewId: ViewId;
  /** Row of the view, from 0. */
  readonly row: number;
  /** Position of the column in the result. */
  readonly column: number;
  /** All columns of the result. */
  readonly columns: readonly ResultColumn[];
}

interface InspectorState {
  /** Whether the pane is open. */
  readonly isShown: boolean;
  /** Null: nothing is selected. */
  readonly target: InspectorTarget | null;
  readonly setShown: (isShown: boolean) => void;
  readonly toggle: () => void;
  /** Called by the grid in front when its active cell changes, and with null when it leaves. */
  readonly inspect: (target: InspectorTarget | null) => void;
}

/** What the inspector shows, and whether it is open. The pane itself stands where the window puts it. */
export const inspectorStore = createStore<InspectorState>()((set, get) => ({
  isShown: false,
  target: null,
  setShown: (isShown) => set({ isShown }),
  toggle: () => set({ isShown: !get().isShown }),
  inspect: (target) => set({ target }),
}));
