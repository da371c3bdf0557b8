import type { Command } from '../../lib/commands.ts';
import { navigatorText } from '../../text/navigator.ts';
import { addFolder } from './arrangeActions.ts';
import { collapseAll } from './rowActions.ts';

/** What the palette offers of the navigator. */
export const navigatorCommands: readonly Command[] = [
  {
    id: 'navigator.newFolder',
    title: navigatorText.newFolder,
    group: 'navigator',
    run: () => void addFolder(),
  },
  { id: 'navigator.collapseAll', title: navigatorText.collapseAll, group: 'navigator', run: collapseAll },
];
