import { useHotkeys } from '@mantine/hooks';
import { useEffect } from 'react';
import type { EventPayload } from '../shared/ipc/events.ts';
import { lockNow, vaultStore } from './features/vault/index.ts';
import { onEvent } from './lib/api.ts';
import { dialogIsOpen, runCommand, useCommandKeys } from './lib/useCommandKeys.ts';

/** What the items of the application's menu do. */
const commandOf: Record<EventPayload<'app.command'>, string> = {
  'new-data-source': 'source.create',
  'new-query': 'query.new',
  'open-file': 'query.openFile',
  save: 'query.saveFile',
  'save-as': 'query.saveFileAs',
  run: 'query.run',
  'run-all': 'query.runAll',
  history: 'query.history',
  log: 'log.open',
  alerts: 'alerts.open',
  pipelines: 'pipelines.open',
  'close-tab': 'tab.close',
  'reopen-tab': 'tab.reopen',
  'next-tab': 'tab.next',
  'previous-tab': 'tab.previous',
  'split-tab': 'tab.side',
  navigator: 'navigator.toggle',
  inspector: 'inspector.toggle',
  palette: 'palette.open',
  'go-to-relation': 'palette.relations',
  'search-source': 'source.search',
  shortcuts: 'window.shortcuts',
  settings: 'settings.open',
  find: 'window.find',
  refresh: 'window.refresh',
  lock: 'vault.lock',
  export: 'transfer.export',
  import: 'transfer.import',
  audit: 'audit.open',
  diagnostics: 'diagnostics.open',
  restore: 'recovery.restore',
  connect: 'source.connect',
  disconnect: 'source.disconnect',
  'edit-source': 'source.edit',
  overview: 'source.overview',
  metrics: 'source.metrics',
  activity: 'source.activity',
  statements: 'source.statements',
  diagram: 'source.diagram',
  'theme-system': 'settings.theme.system',
  'theme-light': 'settings.theme.light',
  'theme-dark': 'settings.theme.dark',
  'back-up': 'recovery.backUp',
  'unlock-vault': 'vault.unlock',
  'change-key-storage': 'vault.changeMode',
  'rotate-key': 'vault.rotate',
  'add-passphrase': 'vault.addPassphrase',
  'change-passphrase': 'vault.changePassphrase',
  'remove-passphrase': 'vault.removePassphrase',
  'start-over': 'vault.startOver',
  monitoring: 'settings.section.monitoring',
  'app-lock': 'settings.section.security',
  'reset-demo': 'demo.reset',
  about: 'settings.section.about',
};

function run(chosen: EventPayload<'app.command'>): void {
  if (vaultStore.getState().status?.appLocked) return;
  // Locking cannot wait for a dialog.
  if (chosen === 'lock') void lockNow();
  else if (!dialogIsOpen()) runCommand(commandOf[chosen]);
}

/** Does what the menu and the shortcuts of the whole window ask for. */
export function useAppCommands(): void {
  useEffect(() => onEvent('app.command', run), []);
  useHotkeys([['mod+L', () => run('lock')]], []);
  useCommandKeys();
}
