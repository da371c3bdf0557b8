/** Door of the command palette and the list of shortcuts. Both are loaded when they are first opened. */
import { shownOnDemand } from '../../components/shownOnDemand.tsx';
import { usePalette } from './palette.ts';

export { openPalette, openShortcuts } from './palette.ts';

export const Palette = shownOnDemand(
  async () => (await import('./Palette.tsx')).Palette,
  () => usePalette(({ scope }) => scope !== null),
);

export const ShortcutSheet = shownOnDemand(
  async () => (await import('./ShortcutSheet.tsx')).ShortcutSheet,
  () => usePalette(({ showsShortcuts }) => showsShortcuts),
);
