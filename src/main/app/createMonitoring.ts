import { monitoringFacts } from '../../shared/ipc/auditedCall.ts';
import { defaultMonitoringSettings } from '../../shared/model/defaults.ts';
import { monitoringSettingsSchema } from '../../shared/model/monitoring.ts';
import type { Clock } from '../base/Clock.ts';
import { Monitoring, type MonitoringKeeper } from '../observability/endpoint/Monitoring.ts';
import { EventLoopDelay } from '../observability/prometheus/EventLoopDelay.ts';
import { Exposition } from '../observability/prometheus/Exposition.ts';
import type { Keychain } from '../vault/keychain/Keychain.ts';
import type { PipelinesFeature } from './createPipelines.ts';
import type { Sessions } from './createSessions.ts';
import type { Vault } from './createVault.ts';
import type { OpenStore } from './openStore.ts';
import type { PlatformAdapters } from './services.ts';

const settingsKey = 'monitoring';

export interface CreateMonitoringOptions {
  readonly adapters: PlatformAdapters;
  readonly store: OpenStore;
  readonly keychain: Keychain;
  readonly vault: Vault;
  readonly sessions: Sessions;
  readonly pipelines: Pick<PipelinesFeature, 'reading'>;
  readonly clock: Clock;
}

/** The metrics endpoint, over what the sessions measured and are. */
export function createMonitoring(options: CreateMonitoringOptions) {
  const { adapters, store, keychain, vault, sessions, pipelines, clock } = options;
  const eventLoopDelay = new EventLoopDelay();
  const exposition = new Exposition(() => scrapedSources(sessions), {
    version: adapters.version,
    electronVersion: adapters.electronVersion,
    operations: () => adapters.operations.counts.all(),
    pipelines: () => pipelines.reading(),
    vaultLock: () => vault.service.status().lock,
    eventLoopDelay,
  });
  const account = `metrics:${store.vault.vaultId()}:token`;
  const monitoring = new Monitoring({
    ...{ exposition, eventLoopDelay, clock },
    settings: settingsIn(store),
    tokens: { read: () => keychain.read(account), write: (token) => keychain.write(account, token) },
    clipboard: adapters.clipboard,
    ask: adapters.ask,
    logger: adapters.logger.scope('monitoring'),
  });
  return {
    monitoring,
    start: () => void monitoring.start(),
    stop: { name: 'monitoring', limitMs: 50, run: () => monitoring.close() },
  };
}

function scrapedSources({ manager, metrics }: Sessions) {
  const readings = manager.readings();
  return [...metrics.sources].map(([id, measured]) => ({ id, measured, reading: readings.get(id) ?? null }));
}

/** A change is kept with its line in the audit trail, or not at all. */
function settingsIn({ audit, preferences }: OpenStore): MonitoringKeeper {
  return {
    read: () => preferences.read(settingsKey, monitoringSettingsSchema, defaultMonitoringSettings),
    write: (settings) =>
      preferences.transaction(() => {
        preferences.write(settingsKey, settings);
        audit.record({ operation: 'monitoring.configured', ...monitoringFacts(settings) });
      }),
  };
}
