import { join } from 'node:path';
import { defaultPreferences, type Preferences, preferencesSchema } from '../../shared/model/appInfo.ts';
import { systemClock as clock } from '../base/Clock.ts';
import { ConnectionManager } from '../connections/ConnectionManager.ts';
import { ConnectionTester } from '../connections/ConnectionTester.ts';
import { DataSourceService } from '../connections/DataSourceService.ts';
import { PasswordSource } from '../connections/PasswordSource.ts';
import { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import { locateBinaries } from '../demo/binaries.ts';
import { DemoServer } from '../demo/DemoServer.ts';
import type { Logger } from '../observability/Logger.ts';
import { MetricsCollector } from '../observability/MetricsCollector.ts';
import { Database } from '../store/Database.ts';
import { SqliteDataSourceRepository } from '../store/SqliteDataSourceRepository.ts';
import { SqlitePreferencesRepository } from '../store/SqlitePreferencesRepository.ts';
import { SqliteSecretRepository } from '../store/SqliteSecretRepository.ts';
import type { Keychain } from '../vault/Keychain.ts';
import { KeyRing } from '../vault/KeyRing.ts';
import { KeytarKeychain } from '../vault/KeytarKeychain.ts';
import type { SecretRepository } from '../vault/SecretRepository.ts';
import { VaultManager } from '../vault/VaultManager.ts';
import { createConnectTargets } from './connectTargets.ts';
import { createDemoSecrets } from './demoSecrets.ts';
import type { AppHost, EventPublisher, Services } from './services.ts';
import { shutDown } from './shutdown.ts';

/** What the shell (Electron, or a test) gives to the application. */
export interface PlatformAdapters {
  readonly paths: {
    /** The folder that holds package.json; may be inside `app.asar`. */
    readonly app: string;
    readonly userData: string;
    /** The log file. */
    readonly log: string;
    readonly resources: string;
  };
  readonly version: string;
  readonly electronVersion: string;
  readonly logger: Logger;
  readonly events: EventPublisher;
  copyText(text: string): Promise<void>;
  showLogFolder(): void;
  /** Draws what is outside of the page (frame, menus, dialogs) in the chosen scheme. */
  applyTheme(theme: Preferences['theme']): void;
}

/** How long a keychain call that is under way may take while everything else is closed already. */
const keychainPatienceMs = 150;

/**
 * Builds and wires every class of main. The only place that does.
 * @throws STORE_… when the data file cannot be opened: then nothing runs and nothing was changed
 */
export function createServices(adapters: PlatformAdapters): Services {
  const { events, logger, paths } = adapters;
  const store = openStore(paths.userData, logger.scope('store'));
  const keychain = new KeytarKeychain({ clock });
  const vault = createVault(keychain, store.secrets, logger.scope('vault'));
  const demo = new DemoServer({
    binaries: () => locateBinaries(paths.app),
    dataFolder: join(paths.userData, 'demo'),
    seedFolder: join(paths.resources, 'demo'),
    secrets: createDemoSecrets(vault),
    clock,
    logger,
  });
  const engine = createEngine(store, vault, demo, logger.scope('connections'));
  const app = createAppHost(adapters, store.preferences, vault);
  publishEvents(events, demo, engine);
  adapters.applyTheme(app.preferences().theme);
  return {
    app,
    demo,
    events,
    ...engine,
    shutdown: () =>
      shutDown(
        [
          { name: 'pools', limitMs: 1_500, run: () => engine.manager.close(1_200) },
          { name: 'demo', limitMs: 2_500, run: () => demo.stop(1_500) },
          { name: 'vault', limitMs: 100, run: () => vault.lock() },
          { name: 'store', limitMs: 500, run: () => store.database.close() },
          { name: 'keychain', limitMs: 2 * keychainPatienceMs, run: () => leaveHungKeychain(keychain) },
        ],
        clock,
        logger,
      ),
  };
}

/**
 * A keychain that hangs holds a thread of libuv's pool, and every ordinary way to exit waits for that thread (50 s were
 * seen). An honest call gets a moment to end. Everything is closed by now, so nothing is lost by the hard way.
 */
async function leaveHungKeychain(keychain: KeytarKeychain): Promise<void> {
  if (!keychain.isCallUnderWay) return;
  await new Promise<void>((resolve) => clock.after(keychainPatienceMs, resolve));
  if (keychain.isCallUnderWay) process.kill(process.pid, 'SIGKILL');
}

/** What was deleted in the last run could be brought back until now. */
function openStore(folder: string, logger: Logger) {
  const database = Database.open({ folder, clock, logger });
  const repository = new SqliteDataSourceRepository(database, logger);
  repository.purgeRemoved();
  return {
    database,
    repository,
    secrets: new SqliteSecretRepository(database),
    preferences: new SqlitePreferencesRepository(database, logger),
  };
}

function createVault(keychain: Keychain, secrets: SecretRepository, logger: Logger): VaultManager {
  const keyRing = new KeyRing({ keychain, secrets, clock, logger });
  return new VaultManager({ keyRing, secrets, clock, logger });
}

/** Everything that opens connections. */
function createEngine(
  { repository, secrets }: ReturnType<typeof openStore>,
  vault: VaultManager,
  demo: DemoServer,
  logger: Logger,
) {
  const targets = createConnectTargets(new PasswordSource(repository, vault), demo);
  const factory = new ConnectionFactory(clock);
  const metrics = new MetricsCollector(clock);
  const shared = { factory, targets, repository, metrics, clock, logger };
  const manager = new ConnectionManager({ ...shared, random: Math.random });
  const dataSources = new DataSourceService({ repository, secrets, vault, manager, clock, logger });
  return { manager, dataSources, metrics, tester: new ConnectionTester(shared) };
}

function createAppHost(
  adapters: PlatformAdapters,
  preferences: SqlitePreferencesRepository,
  vault: VaultManager,
): AppHost {
  const { applyTheme, copyText, electronVersion, paths, showLogFolder, version } = adapters;
  return {
    info: async () => ({
      version,
      electronVersion,
      userDataPath: paths.userData,
      logPath: paths.log,
      vault: await vault.status(),
    }),
    copyText,
    showLogFolder,
    preferences: () => preferences.read('preferences', preferencesSchema, defaultPreferences),
    setPreferences: (value) => {
      preferences.write('preferences', value);
      applyTheme(value.theme);
    },
  };
}

function publishEvents(
  events: EventPublisher,
  demo: DemoServer,
  { dataSources, manager, metrics }: ReturnType<typeof createEngine>,
): void {
  manager.onState.on((change) => events.publish('dataSources.state', change));
  metrics.onSample.on((sample) => events.publish('metrics.sample', sample));
  dataSources.onChanged.on((list) => events.publish('dataSources.changed', list));
  demo.onStatus.on((status) => events.publish('demo.status', status));
}
