import { tracingFacts } from '../../shared/ipc/auditedCall.ts';
import { defaultTracingSettings } from '../../shared/model/defaults.ts';
import { tracingSettingsSchema } from '../../shared/model/tracing.ts';
import type { Clock } from '../base/Clock.ts';
import type { OtherDatabases } from '../dataSources/databases/OtherDatabases.ts';
import { Tracing, type TracingKeeper } from '../observability/tracing/Tracing.ts';
import type { Keychain } from '../vault/keychain/Keychain.ts';
import type { OpenStore } from './openStore.ts';
import type { PlatformAdapters } from './services.ts';

const settingsKey = 'tracing';

export interface CreateTracingOptions {
  readonly adapters: PlatformAdapters;
  readonly store: OpenStore;
  readonly others: OtherDatabases;
  readonly keychain: Keychain;
  readonly clock: Clock;
}

/** Traces of what the operations measure. */
export function createTracing({ adapters, store, others, keychain, clock }: CreateTracingOptions) {
  const account = `tracing:${store.vault.vaultId()}:header`;
  const tracing = new Tracing({
    traces: adapters.operations.traces,
    settings: settingsIn(store),
    header: {
      read: () => keychain.read(account),
      write: (text) => keychain.write(account, text),
      remove: () => keychain.remove(account),
    },
    version: adapters.version,
    engineOf: (id) => others.find(id)?.engine.kind ?? null,
    ask: adapters.ask,
    clock,
    logger: adapters.logger.scope('tracing'),
  });
  return {
    tracing,
    start: () => void tracing.start(),
    stop: { name: 'tracing', limitMs: 200, run: () => tracing.close() },
  };
}

/** A change is kept with its line in the audit trail, or not at all. */
function settingsIn({ audit, preferences }: OpenStore): TracingKeeper {
  return {
    read: () => preferences.read(settingsKey, tracingSettingsSchema, defaultTracingSettings),
    write: (settings) =>
      preferences.transaction(() => {
        preferences.write(settingsKey, settings);
        audit.record({ operation: 'tracing.configured', ...tracingFacts(settings) });
      }),
  };
}
