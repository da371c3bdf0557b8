import type { Clock } from '../base/Clock.ts';
import { ChartFiles } from '../diagnostics/ChartFiles.ts';
import { Diagnostics } from '../diagnostics/Diagnostics.ts';
import type { OpenStore } from './openStore.ts';
import type { PlatformAdapters, Services } from './services.ts';

/** Every line counts: what a module writes at all is set elsewhere. */
const everyLine = { level: 'debug', scope: null, sourceId: null, correlationId: null, text: '' } as const;

export interface DiagnosticsFeatureOptions
  extends Pick<Services, 'app' | 'auditing' | 'demo' | 'log' | 'manager' | 'metrics' | 'vault'> {
  readonly store: OpenStore;
  readonly adapters: PlatformAdapters;
  readonly clock: Clock;
}

/** What leaves the app for others to look at: what is worth knowing when something is wrong, and charts. */
export function createDiagnostics(options: DiagnosticsFeatureOptions) {
  const { app, auditing, demo, log, manager, metrics, vault, store, adapters, clock } = options;
  const diagnostics = new Diagnostics({
    sources: {
      version: adapters.version,
      vault: () => vault.status(),
      audit: () => auditing.status(),
      demo: () => demo.status(),
      preferences: () => app.preferences(),
      logSettings: () => log.settings,
      dataSources: () => store.dataSources.list(),
      states: () => manager.states(),
      metrics: (id) => ({ totals: metrics.totals(id), newest: metrics.samples(id).at(-1) ?? null }),
      serverVersion: (id, signal) =>
        manager.withConnection(id, signal, async (connection, { catalogue }) => {
          const { versionNumber } = await catalogue.serverInfo(connection, { signal });
          return versionNumber;
        }),
      newestLines: async (limit, signal) => {
        for await (const batch of log.tail(everyLine, limit, signal)) {
          return batch.type === 'page' ? batch.page.lines : batch.lines;
        }
        return [];
      },
    },
    dialogs: adapters.fileDialogs,
    clock,
  });
  return { diagnostics, chartFiles: new ChartFiles({ dialogs: adapters.fileDialogs, clock }) };
}
