import { hasDiagramHere, openDiagramHere } from './diagramHere.ts';
import { openAlerts } from './features/alerts/index.tsx';
import { openAudit } from './features/audit/index.ts';
import {
  capabilitiesOf,
  connectionsStore,
  copyUrl,
  openEditor,
  savedIdOf,
} from './features/connections/index.ts';
import { openDiagnostics } from './features/diagnostics/index.ts';
import { inspectorStore } from './features/grid/index.ts';
import { openLog } from './features/log/index.tsx';
import { openPalette, openShortcuts } from './features/palette/index.ts';
import { openPipelines, pipelineActions } from './features/pipelines/index.tsx';
import { openRestore } from './features/recovery/index.ts';
import { resourceActions } from './features/resources/index.tsx';
import { openSearch } from './features/schemaSearch/index.ts';
import { settingsStore } from './features/settings/index.tsx';
import { sourceInFront, tabCommands, tabsStore } from './features/tabs/index.ts';
import { openExport, openImport } from './features/transfer/index.ts';
import { lockNow } from './features/vault/index.ts';
import { openWizard } from './features/wizard/index.ts';
import { type Command, commandsOf } from './lib/commands.ts';
import { focusFind } from './lib/findCommand.ts';
import { toggleNavigator } from './lib/panes.ts';
import { refreshShown } from './lib/useRefreshCommand.ts';
import { settingsCommands } from './settingsCommands.ts';
import { commandsText as words } from './text/commands.ts';
import { resourcesText } from './text/resources.ts';

const generalCommands = commandsOf('general', [
  { id: 'palette.open', title: words.allCommands, shortcut: 'mod+K', run: () => openPalette('all') },
  {
    id: 'palette.relations',
    title: words.goToRelation,
    shortcut: 'mod+P',
    run: () => openPalette('relations'),
  },
  { id: 'window.shortcuts', title: words.shortcuts, shortcut: '?', run: openShortcuts },
  { id: 'window.find', title: words.find, shortcut: 'mod+F', run: focusFind },
  { id: 'window.refresh', title: words.refresh, shortcut: 'F5', run: refreshShown },
  {
    id: 'inspector.toggle',
    title: words.inspector,
    shortcut: 'mod+I',
    run: () => inspectorStore.getState().toggle(),
  },
  { id: 'vault.lock', title: words.lock, shortcut: 'mod+L', run: () => void lockNow() },
  { id: 'transfer.import', title: words.import, run: openImport },
  { id: 'transfer.export', title: words.export, run: openExport },
  { id: 'alerts.open', title: words.alerts, shortcut: 'mod+shift+A', run: openAlerts },
  { id: 'pipelines.open', title: words.pipelines, shortcut: 'mod+shift+P', run: openPipelines },
  { id: 'pipelines.create', title: words.newPipeline, run: () => pipelineActions.create() },
  { id: 'log.open', title: words.log, run: openLog },
  { id: 'audit.open', title: words.audit, run: openAudit },
  { id: 'diagnostics.open', title: words.diagnostics, run: openDiagnostics },
  { id: 'recovery.restore', title: words.restore, run: openRestore },
  {
    id: 'window.logFolder',
    title: words.logFolder,
    run: () => void settingsStore.getState().showLogFolder(),
  },
]);

const navigatorCommands = commandsOf('navigator', [
  {
    id: 'navigator.toggle',
    title: words.navigator,
    shortcut: 'mod+B',
    run: toggleNavigator,
  },
  {
    id: 'source.create',
    title: words.newSource,
    shortcut: 'mod+N',
    run: () => void openWizard.create(),
  },
]);

const hasSource = (): boolean => sourceInFront() !== null;
const isClosed = (id: string): boolean =>
  ['idle', 'failed', 'reconnecting', 'open-circuit'].includes(
    connectionsStore.getState().states[id]?.status ?? 'idle',
  );

const withSource = (work: (id: string) => void) => () => {
  const id = sourceInFront();
  if (id !== null) work(id);
};

/** What is done to a data source itself also for a tab of another database of its server. */
const withSaved = (work: (id: string) => void) => withSource((id) => work(savedIdOf(id)));

/** What concerns the data source of the tab in front. */
const sourceCommands = commandsOf('source', [
  {
    id: 'source.connect',
    title: words.source.connect,
    run: withSource((id) => void connectionsStore.getState().connect(id)),
    isEnabled: () => isClosed(sourceInFront() ?? ''),
  },
  {
    id: 'source.disconnect',
    title: words.source.disconnect,
    run: withSource((id) => void connectionsStore.getState().disconnect(id)),
    isEnabled: () => connectionsStore.getState().states[sourceInFront() ?? '']?.status !== 'idle',
  },
  { id: 'source.edit', title: words.source.edit, shortcut: 'F4', run: withSource(openEditor) },
  {
    id: 'source.overview',
    title: words.source.overview,
    run: withSaved((id) => void tabsStore.getState().openSource(id, 'overview')),
  },
  {
    id: 'source.metrics',
    title: words.source.metrics,
    run: withSaved((id) => void tabsStore.getState().openSource(id, 'metrics')),
  },
  {
    id: 'source.activity',
    title: words.source.activity,
    run: withSaved((id) => void tabsStore.getState().openSource(id, 'activity')),
    isEnabled: () => capabilitiesOf(sourceInFront())?.activity === true,
  },
  {
    id: 'source.statements',
    title: words.source.statements,
    run: withSaved((id) => void tabsStore.getState().openSource(id, 'statements')),
    isEnabled: () => capabilitiesOf(sourceInFront())?.sql === true,
  },
  {
    id: 'source.settings',
    title: words.source.settings,
    run: withSaved((id) => void tabsStore.getState().openSource(id, 'settings')),
    isEnabled: () => capabilitiesOf(sourceInFront())?.serverSettings === true,
  },
  {
    id: 'source.search',
    title: words.source.search,
    shortcut: 'mod+shift+D',
    run: withSource(openSearch),
  },
  { id: 'source.diagram', title: words.source.diagram, run: openDiagramHere, isEnabled: hasDiagramHere },
  ...[
    { id: 'resource.create', title: resourcesText.newResource, run: withSource(resourceActions.create) },
    {
      id: 'resource.importDocument',
      title: resourcesText.importDocument,
      run: withSource(resourceActions.importDocument),
    },
    {
      id: 'resource.importFile',
      title: resourcesText.importFile,
      run: withSource(resourceActions.importFile),
    },
    {
      id: 'resource.exportFile',
      title: resourcesText.exportFile,
      run: withSource(resourceActions.exportFile),
    },
  ].map((command) => ({
    ...command,
    isEnabled: () => capabilitiesOf(sourceInFront())?.requests === true,
  })),
  {
    id: 'source.copyUrl',
    title: words.source.copyUrl,
    run: withSaved((id) => void copyUrl(id, false)),
  },
  {
    id: 'source.duplicate',
    title: words.source.duplicate,
    run: withSaved((id) => void connectionsStore.getState().duplicate(id)),
  },
  {
    id: 'source.remove',
    title: words.source.remove,
    run: withSaved((id) => connectionsStore.getState().askRemove(id)),
  },
]).map(({ isEnabled, ...command }) => ({
  ...command,
  isEnabled: () => hasSource() && (isEnabled?.() ?? true),
}));

/** What can be done wherever a person is in the window. */
export const windowCommands: readonly Command[] = [
  ...generalCommands,
  ...navigatorCommands,
  ...tabCommands,
  ...sourceCommands,
  ...settingsCommands,
];
