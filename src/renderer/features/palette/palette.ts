import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** What the palette looks among. */
export type PaletteScope = 'all' | 'relations';

interface PaletteState {
  /** Null: closed. */
  readonly scope: PaletteScope | null;
  readonly showsShortcuts: boolean;
  /** Keys of what was chosen, the newest first. */
  readonly recent: readonly string[];
}

const keptRecentCount = 30;

export const paletteStore = createStore<PaletteState>()(() => ({
  scope: null,
  showsShortcuts: false,
  recent: [],
}));

export const usePalette = <Selected>(selector: (state: PaletteState) => Selected): Selected =>
  useStore(paletteStore, selector);

export const openPalette = (scope: PaletteScope): void => paletteStore.setState({ scope });
export const closePalette = (): void => paletteStore.setState({ scope: null });
export const openShortcuts = (): void => paletteStore.setState({ showsShortcuts: true });
export const closeShortcuts = (): void => paletteStore.setState({ showsShortcuts: false });

export function rememberChoice(key: string): void {
  paletteStore.setState(({ recent }) => ({
    recent: [key, ...recent.filter((one) => one !== key)].slice(0, keptRecentCount),
  }));
}
