import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** What the palette looks among. */
export type PaletteScope = 'all' | 'relations';

interface PaletteState {
  /** Null: closed. */
  readonly scope: PaletteScope | null;
  /** What is typed into it. */
  readonly search: string;
  /** Enter came before the list did. */
  readonly isEntered: boolean;
  readonly showsShortcuts: boolean;
  /** Keys of what was chosen, the newest first. */
  readonly recent: readonly string[];
}

const keptRecentCount = 30;
/** A palette that does not come, as when the window is locked at that moment, takes no keys any longer. */
const longestWaitMs = 3_000;

export const paletteStore = createStore<PaletteState>()(() => ({
  scope: null,
  search: '',
  isEntered: false,
  showsShortcuts: false,
  recent: [],
}));

export const usePalette = <Selected>(selector: (state: PaletteState) => Selected): Selected =>
  useStore(paletteStore, selector);

export const setSearch = (search: string): void => paletteStore.setState({ search });

/** Types into the palette while its field is still on its way; otherwise the first letters would go to an editor below. */
function typeAhead(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  const typed = paletteStore.getState().search;
  if (event.key === 'Escape') closePalette();
  else if (event.key === 'Enter') paletteStore.setState({ isEntered: true });
  else if (event.key === 'Backspace') setSearch(typed.slice(0, -1));
  else if ([...event.key].length === 1) setSearch(typed + event.key);
}

/** To be told once the field has the focus. */
export const stopTypingAhead = (): void => window.removeEventListener('keydown', typeAhead, true);

export function openPalette(scope: PaletteScope): void {
  const isOpen = paletteStore.getState().scope !== null;
  paletteStore.setState({ scope, search: '', isEntered: false });
  if (isOpen) return;
  window.addEventListener('keydown', typeAhead, true);
  setTimeout(stopTypingAhead, longestWaitMs);
}

export function closePalette(): void {
  stopTypingAhead();
  paletteStore.setState({ scope: null });
}

export const openShortcuts = (): void => paletteStore.setState({ showsShortcuts: true });
export const closeShortcuts = (): void => paletteStore.setState({ showsShortcuts: false });

export function rememberChoice(key: string): void {
  paletteStore.setState(({ recent }) => ({
    recent: [key, ...recent.filter((one) => one !== key)].slice(0, keptRecentCount),
  }));
}
