import { VisuallyHidden } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { DataSourceSummary } from '../shared/model/dataSource.ts';
import classes from './App.module.css';
import { ClipboardProvider } from './components/Clipboard.tsx';
import { EmptyState } from './components/EmptyState.tsx';
import {
  connectionsStore,
  ListFailure,
  RemoveDialog,
  Sidebar,
  useConnections,
  Welcome,
} from './features/connections/index.ts';
import { demoStore } from './features/demo/index.ts';
import { SettingsDialog, settingsStore, useSettings } from './features/settings/index.ts';
import { DataSourceWizard } from './features/wizard/index.ts';
import { Workspace } from './features/workspace/index.ts';
import { copyText } from './lib/copyText.ts';
import { connectionsText } from './text/connections.ts';
import { vocabulary } from './text/vocabulary.ts';
import { ThemeProvider } from './theme/ThemeProvider.tsx';
import { popupsId } from './theme/theme.ts';
import { useAppCommands } from './useAppCommands.ts';

/** Follows main for as long as the window lives. */
function useMainEvents(): void {
  useEffect(() => {
    const stops = [connectionsStore.getState().start(), demoStore.getState().start()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

function MainArea() {
  const selectedId = useConnections((store) => store.selectedId);
  const loading = useConnections((store) => store.loading);
  const empty = useConnections((store) => store.order.length === 0);
  if (selectedId !== null) return <Workspace key={selectedId} sourceId={selectedId} />;
  if (loading.status === 'failed') return <ListFailure error={loading.error} />;
  if (loading.status === 'loading') return null;
  if (empty) return <Welcome />;
  return (
    <EmptyState
      icon={<IconArrowLeft size={28} stroke={1.5} />}
      title={connectionsText.chooseTitle}
      message={connectionsText.chooseMessage}
    />
  );
}

/** What was saved is shown and connected at once. */
function showSaved(saved: DataSourceSummary): void {
  const { upsert, select, connect } = connectionsStore.getState();
  const { id } = saved.dataSource;
  upsert(saved);
  select(id);
  void connect(id);
}

/** The window: data sources on the left, the chosen one on the right, and the dialogs above them. */
export function App({ nonce }: { nonce: string }) {
  const theme = useSettings((store) => store.preferences.theme);
  useMainEvents();
  useAppCommands();
  return (
    <ThemeProvider preference={theme} nonce={nonce}>
      <ClipboardProvider copyText={copyText}>
        <div className={classes.layout}>
          <Sidebar onOpenSettings={settingsStore.getState().open} />
          <main className={classes.main}>
            <VisuallyHidden component="h1">{vocabulary.appName}</VisuallyHidden>
            <MainArea />
          </main>
        </div>
        <section id={popupsId} aria-label={vocabulary.popups} />
        <DataSourceWizard onSaved={showSaved} />
        <RemoveDialog />
        <SettingsDialog />
        <Notifications position="bottom-right" containerWidth={360} />
      </ClipboardProvider>
    </ThemeProvider>
  );
}
