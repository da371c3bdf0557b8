import { join } from 'node:path';
import { defaultPreferences, preferencesSchema } from '../../shared/model/appInfo.ts';
import { systemClock } from '../base/Clock.ts';
import { ConnectionManager } from '../connections/ConnectionManager.ts';
import { ConnectionTester } from '../connections/ConnectionTester.ts';
import { DataSourceService } from '../connections/DataSourceService.ts';
import { PasswordSource } from '../connections/PasswordSource.ts';
import { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import { DemoServer } from '../demo/DemoServer.ts';
import type { CallHandlers, EventPublisher, StreamHandlers } from '../ipc/handlerTypes.ts';
import { createCallHandlers } from '../ipc/handlers/createCallHandlers.ts';
import { createStreamHandlers } from '../ipc/handlers/createStreamHandlers.ts';
import type { AppHost } from '../ipc/handlers/services.ts';
import type { Logger } from '../observability/Logger.ts';
import { MetricsCollector } from '../observability/MetricsCollector.ts';
import { Database } from '../store/Database.ts';
import { SqliteDataSourceRepository } from '../store/SqliteDataSourceRepository.ts';
import { SqlitePreferencesRepository } from '../store/SqlitePreferencesRepository.ts';
import { SqliteSecretRepository } from '../store/SqliteSecretRepository.ts';
import { KeyRing } from '../vault/KeyRing.ts';
import { KeytarKeychain } from '../vault/KeytarKeychain.ts';
import { VaultManager } from '../vault/VaultManager.ts';
import { createConnectTargets } from './connectTargets.ts';
import { createDemoSecrets } from './demoSecrets.ts';
import { shutDown } from './shutdown.ts';

/** What the shell (Electron, or a test) gives to the application. */
export interface PlatformAdapters {
  readonly paths: { readonly userData: string; readonly log: string; readonly resources: string };
  readonly version: string;
  readonly electronVersion: string;
  readonly logger: Logger;
  readonly events: EventPublisher;
  copyText(text: string): Promise<void>;
  showLogFolder(): void;
}

/** The application without its shell. */
export interface Services {
  readonly callHandlers: CallHandlers;
  readonly streamHandlers: StreamHandlers;
  /** The machine woke up: what was open before is suspect. */
  powerResumed(): void;
  /** Closes everything in order, within 5 s whatever is running. Never rejects. */
  shutdown(): Promise<void>;
}

/**
 * Builds and wires every class of main. The only place that does.
 * @throws STORE_… when the data file cannot be opened: then nothing runs and nothing was changed
 */
export function createServices(adapters: PlatformAdapters): Services {
  const { events, logger, paths } = adapters;
  const clock = systemClock;
  const random = Math.random;

  const database = Database.open({ folder: paths.userData, clock, logger: logger.scope('store') });
  const repository = new SqliteDataSourceRepository(database, logger.scope('store'));
  const secrets = new SqliteSecretRepository(database);
  const preferences = new SqlitePreferencesRepository(database, logger.scope('store'));
  repository.purgeRemoved();

  const vaultLogger = logger.scope('vault');
  const keyRing = new KeyRing({ keychain: new KeytarKeychain({ clock }), secrets, clock, logger: vaultLogger });
  const vault = new VaultManager({ keyRing, secrets, clock, logger: vaultLogger });

  const demo = new DemoServer({
    dataFolder: join(paths.userData, 'demo'),
    seedFolder: join(paths.resources, 'demo'),
    secrets: createDemoSecrets(vault),
    clock,
    logger: logger.scope('demo'),
  });
  const passwords = new PasswordSource(repository, vault);
  const targets = createConnectTargets(passwords, demo);
  const factory = new ConnectionFactory({ clock });
  const metrics = new MetricsCollector(clock);
  const managerLogger = logger.scope('connections');
  const manager = new ConnectionManager({ factory, targets, repository, metrics, clock, logger: managerLogger, random });
  const dataSources = new DataSourceService({ repository, secrets, vault, manager, clock, logger: managerLogger });
  const tester = new ConnectionTester({ factory, targets, clock });

  manager.onState.on((change) => events.publish('dataSources.state', change));
  metrics.onSample.on((sample) => events.publish('metrics.sample', sample));
  dataSources.onChanged.on((list) => events.publish('dataSources.changed', list));
  demo.onStatus.on((status) => events.publish('demo.status', status));

  const app: AppHost = {
    info: async () => ({
      version: adapters.version,
      electronVersion: adapters.electronVersion,
      userDataPath: paths.userData,
      logPath: paths.log,
      vault: await vault.status(),
    }),
    copyText: adapters.copyText,
    showLogFolder: adapters.showLogFolder,
    preferences: () => preferences.read('preferences', preferencesSchema, defaultPreferences),
    setPreferences: (value) => preferences.write('preferences', value),
  };
  const services = { app, dataSources, tester, manager, metrics, demo, events };

  return {
    callHandlers: createCallHandlers(services),
    streamHandlers: createStreamHandlers(services),
    powerResumed: () => manager.resumed(),
    shutdown: () =>
      shutDown(
        [
          { name: 'pools', limitMs: 1_800, run: () => manager.close(1_500) },
          { name: 'demo', limitMs: 2_300, run: () => demo.stop(2_000) },
          { name: 'vault', limitMs: 100, run: () => vault.lock() },
          { name: 'store', limitMs: 500, run: () => database.close() },
        ],
        clock,
        logger,
      ),
  };
}
