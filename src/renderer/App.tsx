import { VisuallyHidden } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { IconArrowLeft } from '@tabler/icons-react';
import { Suspense, useEffect } from 'react';
import type { SavedDataSource } from '../shared/model/dataSource.ts';
import classes from './App.module.css';
import { ClipboardProvider } from './components/Clipboard.tsx';
import { EmptyState } from './components/EmptyState.tsx';
import { AuditDialog } from './features/audit/index.ts';
import {
  ConfirmSourceDialog,
  connectionsStore,
  focusRow,
  PasswordDialog,
  RemoveDialog,
  useConnections,
  Welcome,
} from './features/connections/index.ts';
import { demoStore } from './features/demo/index.ts';
import { Navigator } from './features/navigator/index.ts';
import { RecoveryScreen, RestoreDialog } from './features/recovery/index.ts';
import { SettingsDialog, settingsStore, useSettings } from './features/settings/index.ts';
import { ExportDialog, ImportDialog, openImport } from './features/transfer/index.ts';
import { LockScreen, useVault, VaultDialogs, vaultStore } from './features/vault/index.ts';
import { type AfterSave, DataSourceWizard } from './features/wizard/index.ts';
import { DamagedWorkspace, useWorkspaceStore, Workspace } from './features/workspace/index.ts';
import { call, onEvent } from './lib/api.ts';
import { copyText } from './lib/copyText.ts';
import { connectionsText } from './text/connections.ts';
import { vocabulary } from './text/vocabulary.ts';
import { ThemeProvider } from './theme/ThemeProvider.tsx';
import { popupsId } from './theme/theme.ts';
import { useAppCommands } from './useAppCommands.ts';
import { keepView } from './viewMemory.ts';

const usableMark = 'mooring.usable';

/** Follows main for as long as the window is not locked, and leaves no message on the screen when it is. */
function useMainEvents(): void {
  useEffect(() => {
    const stops = [
      connectionsStore.getState().start(),
      demoStore.getState().start(),
      onEvent('store.replaced', () => void settingsStore.getState().load()),
      keepView({ call, connections: connectionsStore, workspace: useWorkspaceStore }),
    ];
    return () => {
      for (const stop of stops) stop();
      notifications.clean();
    };
  }, []);
}

/** Reads what could not be read while the store was not open. What is replaced comes with an event of its own. */
function readAnew(): void {
  void connectionsStore.getState().reload();
  void settingsStore.getState().load();
  void vaultStore.getState().load();
}

function MainArea() {
  const selectedId = useConnections((store) => store.selectedId);
  const loading = useConnections((store) => store.loading);
  const empty = useConnections((store) => store.order.length + store.damaged.length === 0);
  const isDamaged = useConnections((store) => store.damaged.some(({ id }) => id === store.selectedId));
  if (isDamaged && selectedId !== null) return <DamagedWorkspace key={selectedId} id={selectedId} />;
  if (selectedId !== null) return <Workspace key={selectedId} sourceId={selectedId} />;
  if (loading.status === 'failed') return <RecoveryScreen error={loading.error} onOpened={readAnew} />;
  if (loading.status === 'loading') return null;
  if (empty) return <Welcome onImport={openImport} />;
  return (
    <EmptyState
      icon={<IconArrowLeft size={28} stroke={1.5} />}
      title={connectionsText.chooseTitle}
      message={connectionsText.chooseMessage}
    />
  );
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

/** The window: data sources on the left, the chosen one on the right, and the dialogs above them. */
function Desk() {
  useMainEvents();
  useUsableMark();
  return (
    <>
      <div className={classes.layout}>
        <Navigator />
        <main className={classes.main}>
          <VisuallyHidden component="h1">{vocabulary.appName}</VisuallyHidden>
          <Suspense>
            <MainArea />
          </Suspense>
        </main>
      </div>
      <section id={popupsId} aria-label={vocabulary.popups} />
      <DataSourceWizard onSaved={showSaved} />
      <RemoveDialog />
      <ConfirmSourceDialog />
      <PasswordDialog />
      <SettingsDialog />
      <AuditDialog />
      <ExportDialog />
      <ImportDialog />
      <RestoreDialog />
      <VaultDialogs />
      <Notifications position="bottom-right" containerWidth={360} limit={1} transitionDuration={120} />
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
        <Suspense>{isLocked ? <LockScreen dataFolder={dataFolder} /> : <Desk />}</Suspense>
      </ClipboardProvider>
    </ThemeProvider>
  );
}
