import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export const navigatorWidths = { min: 200, max: 480 };
export const inspectorWidths = { min: 220, max: 600 };

interface PanesState {
  readonly isNavigatorShown: boolean;
  /** In CSS pixels, as the widths below. */
  readonly navigatorWidth: number;
  readonly inspectorWidth: number;
}

/** The panes beside the main area. Whether the inspector is open is known by its own store. */
export const panesStore = createStore<PanesState>()(() => ({
  isNavigatorShown: true,
  // Beside one of 280 px a grid has 69 % of a window of 1280x800, and is to have 70 %.
  navigatorWidth: 260,
  inspectorWidth: 300,
}));

export const usePanes = <Selected>(selector: (panes: PanesState) => Selected): Selected =>
  useStore(panesStore, selector);

export const toggleNavigator = (): void =>
  panesStore.setState(({ isNavigatorShown }) => ({ isNavigatorShown: !isNavigatorShown }));
