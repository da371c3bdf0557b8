import { commandsOf } from '../../lib/commands.ts';
import { navigatorText } from '../../text/navigator.ts';
import { objectsStore } from '../objects/index.ts';
import { addFolder } from './arrangeActions.ts';
import { collapseAll } from './rowActions.ts';

/** What the palette offers of the navigator. */
export const navigatorCommands = commandsOf('navigator', [
  { id: 'navigator.newFolder', title: navigatorText.newFolder, run: () => void addFolder() },
  {
    id: 'navigator.clearRecent',
    title: navigatorText.clearRecent,
    run: () => void objectsStore.getState().clearRecent(),
    isEnabled: () => objectsStore.getState().recent.length > 0,
  },
  { id: 'navigator.collapseAll', title: navigatorText.collapseAll, run: collapseAll },
]);
