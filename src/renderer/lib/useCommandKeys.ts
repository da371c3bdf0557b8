import { useEffect } from 'react';
import { commandsText } from '../text/commands.ts';
import { type Command, commandsStore } from './commands.ts';
import { notifyDone } from './notify.tsx';
import { matchesShortcut, worksWhileTyping } from './shortcut.ts';
import { takesText } from './typing.ts';

/** While a dialog is open, the keyboard belongs to it. */
export const dialogIsOpen = (): boolean =>
  document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

/** The newest command with this key that is possible now. */
function commandFor(event: KeyboardEvent): Command | undefined {
  const typing = takesText(event.target);
  return commandsStore
    .getState()
    .commands.findLast(
      ({ shortcut, isEnabled }) =>
        shortcut !== undefined &&
        matchesShortcut(event, shortcut) &&
        (!typing || worksWhileTyping(shortcut)) &&
        (isEnabled?.() ?? true),
    );
}

function onKeyDown(event: KeyboardEvent): void {
  // What has the focus comes first, such as the editor with its own Ctrl+F.
  if (event.defaultPrevented || dialogIsOpen()) return;
  const command = commandFor(event);
  if (command === undefined) return;
  event.preventDefault();
  command.run();
}

/** Runs commands by their shortcuts. Used once, by the window. */
export function useCommandKeys(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Runs a command by its id if it is offered, and says so when it is not possible now. */
export function runCommand(id: string): void {
  const command = commandsStore.getState().commands.findLast((one) => one.id === id);
  if (command?.isEnabled?.() ?? true) command?.run();
  else if (command !== undefined) notifyDone(commandsText.notNow(command.title));
}
