import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useEffect } from 'react';
import type { SavedDataSource } from '../shared/model/dataSource.ts';
import { ClipboardProvider } from './components/Clipboard.tsx';
import { FailureBoundary } from './components/FailureBoundary.tsx';
import { FailedWindow } from './FailedWindow.tsx';
import { followAlerts } from './features/alerts/index.tsx';
import { AuditDialog, followTrail } from './features/audit/index.ts';
import {
  ConfirmSourceDialog,
  connectionsStore,
  focusRow,
  followSshDialogues,
  PasswordDialog,
  RemoveDialog,
  SshDialog,
  useConnections,
} from './features/connections/index.ts';
import { demoStore } from './features/demo/index.ts';
import { DiagnosticsDialog } from './features/diagnostics/index.ts';
import { inspectorStore } from './features/grid/index.ts';
import { LogDialog, showInLog } from './features/log/index.tsx';
import { placeInFolders } from './features/navigator/index.ts';
import { Palette, ShortcutSheet } from './features/palette/index.ts';
import { RestoreDialog } from './features/recovery/index.ts';
import { ResourceImportDialog } from './features/resources/index.tsx';
import { monitoringStore, settingsStore, tracingStore, useSettings } from './features/settings/index.tsx';
import { lossesOf, tabsStore } from './features/tabs/index.ts';
import { ExportDialog, followImports, ImportDialog, openImport } from './features/transfer/index.ts';
import { LockScreen, useVault, VaultDialogs } from './features/vault/index.ts';
import { type AfterSave, DataSourceWizard } from './features/wizard/index.ts';
import { followOpened } from './followOpened.ts';
import { followSelection } from './followSelection.ts';
import { createLayoutMemory } from './layoutMemory.ts';
import { call, onEvent } from './lib/api.ts';
import { useCommands } from './lib/commands.ts';
import { copyText } from './lib/copyText.ts';
import { followLeaving } from './lib/leaving.ts';
import { offerLog } from './lib/logLink.ts';
import { panesStore } from './lib/panes.ts';
import { guardSources } from './lib/sourceGuards.ts';
import { whenIdle } from './lib/whenIdle.ts';
import { Shell } from './Shell.tsx';
import { vocabulary } from './text/vocabulary.ts';
import { ThemeProvider } from './theme/ThemeProvider.tsx';
import { popupsId } from './theme/theme.ts';
import { useAppCommands } from './useAppCommands.ts';
import { windowCommands } from './windowCommands.ts';

const usableMark = 'mooring.usable';

/** Not part of the first picture. What is to be shown before it is here is shown then. */
const Notices = lazy(async () => {
  await whenIdle();
  return { default: (await import('./components/Notices.tsx')).Notices };
});

const layoutMemory = createLayoutMemory({
  call,
  onEvent,
  tabs: tabsStore,
  connections: connectionsStore,
  panes: panesStore,
  inspector: inspectorStore,
});

/** Follows main for as long as the window is not locked, and leaves no message on the screen when it is. */
function useMainEvents(): void {
  useEffect(() => {
    const stops = [
      connectionsStore.getState().start(),
      demoStore.getState().start(),
      monitoringStore.getState().start(),
      tracingStore.getState().start(),
      followTrail(),
      followAlerts(),
      followSshDialogues(),
      onEvent('store.replaced', () => void settingsStore.getState().load()),
      layoutMemory.start(),
      followLeaving(),
      followSelection(),
      followOpened(),
      offerLog(showInLog),
      followImports(placeInFolders),
      guardSources({ mayDisconnect: tabsStore.getState().mayDisconnect, lossesOf }),
    ];
    return () => {
      for (const stop of stops) stop();
      notifications.clean();
    };
  }, []);
}

/** Marks the moment from which a person can work, once, for `tests/bench/start.ts`. */
function useUsableMark(): void {
  const isUsable = useConnections((store) => store.loading.status !== 'loading');
  useEffect(() => {
    if (isUsable && performance.getEntriesByName(usableMark).length === 0) performance.mark(usableMark);
  }, [isUsable]);
}

/** What was saved is shown at once, with the focus on its row, and connected if that was asked for. */
function showSaved(saved: SavedDataSource, then: AfterSave): void {
  const { upsert, select, connect } = connectionsStore.getState();
  const { id } = saved.dataSource;
  upsert(saved);
  select(id);
  focusRow(id);
  if (then === 'connect') void connect(id);
}

/** The window and the dialogs above it. */
function Desk() {
  useMainEvents();
  useUsableMark();
  useCommands(windowCommands);
  return (
    <>
      <Shell />
      <section id={popupsId} aria-label={vocabulary.popups} />
      <Palette />
      <ShortcutSheet />
      <DataSourceWizard onSaved={showSaved} onImport={openImport} />
      <RemoveDialog />
      <ConfirmSourceDialog />
      <PasswordDialog />
      <SshDialog />
      <AuditDialog />
      <DiagnosticsDialog />
      <LogDialog />
      <ExportDialog />
      <ImportDialog />
      <ResourceImportDialog />
      <RestoreDialog />
      <VaultDialogs />
      <Suspense>
        <Notices />
      </Suspense>
    </>
  );
}

/** The app, or nothing of it while it is locked. */
export function App({ nonce }: { nonce: string }) {
  const theme = useSettings((store) => store.preferences.theme);
  const isLocked = useVault((store) => store.status?.appLocked ?? false);
  const dataFolder = useSettings((store) => store.info?.userDataPath ?? null);
  useAppCommands();
  return (
    <ThemeProvider preference={theme} nonce={nonce}>
      <ClipboardProvider copyText={copyText}>
        <FailureBoundary fallback={() => <FailedWindow />}>
          <Suspense>{isLocked ? <LockScreen dataFolder={dataFolder} /> : <Desk />}</Suspense>
        </FailureBoundary>
      </ClipboardProvider>
    </ThemeProvider>
  );
}
