import { useHotkeys } from '@mantine/hooks';
import { useEffect } from 'react';
import type { EventPayload } from '../shared/ipc/events.ts';
import { settingsStore } from './features/settings/index.ts';
import { openExport, openImport } from './features/transfer/index.ts';
import { lockNow, vaultStore } from './features/vault/index.ts';
import { openWizard } from './features/wizard/index.ts';
import { onEvent } from './lib/api.ts';
import { focusFind } from './lib/findCommand.ts';

/** While a dialog is open, the keyboard belongs to it. */
const dialogIsOpen = (): boolean => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

function run(command: EventPayload<'app.command'>): void {
  if (vaultStore.getState().status?.appLocked) return;
  // Locking cannot wait for a dialog.
  if (command === 'lock') return void lockNow();
  if (dialogIsOpen()) return;
  if (command === 'new-data-source') openWizard.create();
  if (command === 'settings') settingsStore.getState().open();
  if (command === 'find') focusFind();
  if (command === 'export') openExport();
  if (command === 'import') openImport();
  // 'refresh' is the workspace's own: it listens for it.
}

/** Does what the menu and the shortcuts of the whole window ask for. */
export function useAppCommands(): void {
  useEffect(() => onEvent('app.command', run), []);
  useHotkeys(
    [
      ['mod+N', () => run('new-data-source')],
      ['mod+,', () => run('settings')],
      ['mod+F', () => run('find')],
      ['mod+L', () => run('lock')],
    ],
    [],
  );
}
