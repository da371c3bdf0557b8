import { VisuallyHidden } from '@mantine/core';
import { type CSSProperties, Suspense } from 'react';
import { useStore } from 'zustand';
import { SplitHandle } from './components/SplitHandle.tsx';
import { connectionsStore, useConnections, Welcome } from './features/connections/index.ts';
import { Inspector, inspectorStore } from './features/grid/index.ts';
import { Navigator } from './features/navigator/index.ts';
import { RecoveryScreen } from './features/recovery/index.ts';
import { settingsStore } from './features/settings/index.tsx';
import { StatusBar } from './features/statusBar/index.ts';
import { TabArea, useTabs } from './features/tabs/index.ts';
import { openImport } from './features/transfer/index.ts';
import { vaultStore } from './features/vault/index.ts';
import { inspectorWidths, navigatorWidths, panesStore, usePanes } from './lib/panes.ts';
import classes from './Shell.module.css';
import { tabContents } from './tabContents.ts';
import { shellText } from './text/shell.ts';
import { vocabulary } from './text/vocabulary.ts';

/** Reads what could not be read while the store was not open. What is replaced comes with an event of its own. */
function readAnew(): void {
  void connectionsStore.getState().reload();
  void settingsStore.getState().load();
  void vaultStore.getState().load();
}

function MainArea() {
  const loading = useConnections((store) => store.loading);
  const isEmpty = useConnections((store) => store.order.length + store.damaged.length === 0);
  const hasTabs = useTabs(({ groups }) => groups.some(({ tabs }) => tabs.length > 0));
  if (loading.status === 'failed') return <RecoveryScreen error={loading.error} onOpened={readAnew} />;
  if (loading.status === 'loading' && !hasTabs) return null;
  if (isEmpty && !hasTabs) return <Welcome onImport={openImport} />;
  return <TabArea contents={tabContents} />;
}

function NavigatorPane() {
  const isShown = usePanes((panes) => panes.isNavigatorShown);
  const width = usePanes((panes) => panes.navigatorWidth);
  if (!isShown) return null;
  return (
    <div className={classes.navigator} style={{ '--navigator-width': `${width}px` } as CSSProperties}>
      <Navigator />
    </div>
  );
}

function NavigatorHandle() {
  const isShown = usePanes((panes) => panes.isNavigatorShown);
  const width = usePanes((panes) => panes.navigatorWidth);
  if (!isShown) return null;
  return (
    <SplitHandle
      label={shellText.navigatorWidth}
      value={width}
      {...navigatorWidths}
      step={16}
      valueAt={(clientX) => clientX}
      onChange={(navigatorWidth) => panesStore.setState({ navigatorWidth })}
    />
  );
}

function InspectorPane() {
  const isShown = useStore(inspectorStore, (state) => state.isShown);
  const width = usePanes((panes) => panes.inspectorWidth);
  if (!isShown) return null;
  return (
    <div className={classes.side} style={{ '--inspector-width': `${width}px` } as CSSProperties}>
      {/* Everything on the page belongs to a landmark; the inspector is one of its own. */}
      <section aria-label={shellText.inspectorWidth} className={classes.handle}>
        <SplitHandle
          label={shellText.inspectorWidth}
          value={width}
          {...inspectorWidths}
          step={16}
          isReversed
          valueAt={(clientX) => window.innerWidth - clientX}
          onChange={(inspectorWidth) => panesStore.setState({ inspectorWidth })}
        />
      </section>
      <div className={classes.inspector}>
        <Suspense>
          <Inspector />
        </Suspense>
      </div>
    </div>
  );
}

/** The frame of the window: navigator, main area, inspector, and the status bar below them. */
export function Shell() {
  return (
    <div className={classes.window}>
      <div className={classes.layout}>
        <NavigatorPane />
        <div className={classes.centre}>
          <main className={classes.main}>
            <VisuallyHidden component="h1">{vocabulary.appName}</VisuallyHidden>
            <NavigatorHandle />
            <div className={classes.content}>
              <Suspense>
                <MainArea />
              </Suspense>
            </div>
          </main>
          <InspectorPane />
        </div>
      </div>
      <StatusBar />
    </div>
  );
}
