import { join } from 'node:path';
import { type Preferences, preferencesSchema, viewSchema } from '../../shared/model/appInfo.ts';
import { defaultPreferences, defaultView } from '../../shared/model/defaults.ts';
import { systemClock as clock } from '../base/Clock.ts';
import type { Ask } from '../base/Question.ts';
import { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import { ConnectionUrls, type UrlClipboard } from '../dataSources/ConnectionUrls.ts';
import { ConnectionTester } from '../dataSources/connecting/ConnectionTester.ts';
import { ConnectService } from '../dataSources/connecting/ConnectService.ts';
import { LoginHistory } from '../dataSources/connecting/LoginHistory.ts';
import { PasswordProof } from '../dataSources/connecting/PasswordProof.ts';
import { DataSourceService } from '../dataSources/DataSourceService.ts';
import { PasswordSource } from '../dataSources/secrets/PasswordSource.ts';
import { SourceVerifier } from '../dataSources/secrets/SourceVerifier.ts';
import { DemoServer } from '../demo/DemoServer.ts';
import { locateBinaries } from '../demo/process/binaries.ts';
import type { Logger } from '../observability/Logger.ts';
import { MetricsCollector } from '../observability/MetricsCollector.ts';
import { ConnectionManager } from '../sessions/ConnectionManager.ts';
import type { SqlitePreferencesRepository } from '../store/SqlitePreferencesRepository.ts';
import { DataSourceExporter } from '../transfer/DataSourceExporter.ts';
import { DataSourceImporter } from '../transfer/DataSourceImporter.ts';
import type { TransferDialogs } from '../transfer/TransferDialogs.ts';
import { HelperKeychain } from '../vault/keychain/HelperKeychain.ts';
import type { KeychainProcess } from '../vault/keychain/KeychainProcess.ts';
import { createConnectTargets } from './connectTargets.ts';
import { createVault } from './createVault.ts';
import { createDemoSecrets } from './demoSecrets.ts';
import { type OpenStore, openStore } from './openStore.ts';
import { resetDemo } from './resetDemo.ts';
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
  readonly keychainProcess: KeychainProcess;
  readonly clipboard: UrlClipboard;
  readonly ask: Ask;
  readonly transferDialogs: TransferDialogs;
  showLogFolder(): void;
  /** Draws what is outside of the page (frame, menus, dialogs) in the chosen scheme. */
  applyTheme(theme: Preferences['theme']): void;
  /** The window is locked from now on: what runs for it must end. */
  onLocked(): void;
}

/** Running work may finish for this long; then it is cancelled on the server, which gets a second to obey. */
const finishWorkMs = 5_000;

/** The daily backup begins when the start is over. */
const backupDelayMs = 10_000;

type Vault = ReturnType<typeof createVault>;
type Engine = ReturnType<typeof createEngine>;

/**
 * Builds and wires every class of main. The only place that does.
 * @throws STORE_… when the data file cannot be opened: then nothing runs and nothing was changed
 */
export function createServices(adapters: PlatformAdapters): Services {
  const { events, logger, paths } = adapters;
  const keychain = new HelperKeychain({ process: adapters.keychainProcess, clock });
  const store = openStore({ folder: paths.userData, keychain, clock, logger: logger.scope('store') });
  const vault = createVault(store, adapters.ask, clock, logger.scope('vault'));
  const demo = new DemoServer({
    binaries: () => locateBinaries(paths.app),
    dataFolder: join(paths.userData, 'demo'),
    seedFolder: join(paths.resources, 'demo'),
    secrets: createDemoSecrets(vault.vault),
    clock,
    logger,
  });
  const engine = createEngine(adapters, store, vault, demo);
  const app = createAppHost(adapters, store.preferences);
  const { transfer, passwords: _passwords, ...services } = engine;
  publishEvents(events, demo, engine, vault);
  followLock(adapters, vault, engine);
  adapters.applyTheme(app.preferences().theme);
  const backUp = clock.after(backupDelayMs, () => void store.backups.backUpWhenDue());
  return {
    app,
    demo,
    resetDemo: (signal) => resetDemo({ ask: adapters.ask, demo, ...services }, signal),
    events,
    ...services,
    transfer,
    vault: vault.service,
    appLock: vault.appLock,
    audit: store.audit,
    backUp: () => store.backups.backUp(),
    shutdown: () =>
      shutDown(
        [
          // 6.5 + 2.5 + 0.1 + 0.5 + 0.1 = 9.7 s at most: QuitSequence waits a little longer. The log needs no step,
          // every line is written before the call that logs it returns.
          { name: 'pools', limitMs: 6_500, run: () => engine.manager.close(finishWorkMs) },
          { name: 'demo', limitMs: 2_500, run: () => demo.stop(1_500) },
          {
            name: 'vault',
            limitMs: 100,
            run: () => {
              backUp.cancel();
              vault.appLock.dispose();
              transfer.importer.discardAll();
              vault.typed.dropAll();
              vault.vault.lock();
            },
          },
          { name: 'store', limitMs: 500, run: () => store.database.close() },
          { name: 'keychain', limitMs: 100, run: () => keychain.close() },
        ],
        clock,
        logger,
      ),
  };
}

/** Everything that opens connections, and what keeps data sources. */
function createEngine(
  adapters: PlatformAdapters,
  store: OpenStore,
  { vault, typed, release }: Vault,
  demo: DemoServer,
) {
  const { audit, dataSources: repository, backups, loginMethods } = store;
  const { ask, clipboard, transferDialogs: dialogs } = adapters;
  const logger = adapters.logger.scope('connections');
  const verifier = new SourceVerifier({ repository, vault, typed, ask, audit });
  const passwords = new PasswordSource({ repository, vault, release, verifier, typed, audit });
  const logins = new LoginHistory({ repository: loginMethods, ask, logger });
  const targets = createConnectTargets(verifier, passwords, logins, demo);
  const metrics = new MetricsCollector(clock);
  const shared = { factory: new ConnectionFactory(clock), targets, repository, metrics, clock, logger };
  const manager = new ConnectionManager({ ...shared, random: Math.random });
  const backUp = async () => void (await backups.backUp());
  const secrets = { vault, release, verifier };
  const dataSources = new DataSourceService({
    repository,
    ...secrets,
    manager,
    audit,
    backUp,
    clock,
    logger,
  });
  const proof = new PasswordProof(shared);
  return {
    manager,
    dataSources,
    metrics,
    passwords,
    tester: new ConnectionTester({ ...shared, logins }),
    connecting: new ConnectService({ repository, verifier, proof, manager, dataSources, typed, logins }),
    urls: new ConnectionUrls({ repository, passwords, clipboard, ask }),
    transfer: {
      exporter: new DataSourceExporter({ dialogs, source: dataSources, passwords, clock }),
      importer: new DataSourceImporter({ dialogs, target: dataSources, backUp, audit, clock }),
    },
  };
}

function createAppHost(adapters: PlatformAdapters, preferences: SqlitePreferencesRepository): AppHost {
  const { applyTheme, clipboard, electronVersion, paths, showLogFolder, version } = adapters;
  return {
    info: () => ({ version, electronVersion, userDataPath: paths.userData, logPath: paths.log }),
    copyText: (text) => clipboard.copyText(text),
    showLogFolder,
    preferences: () => preferences.read('preferences', preferencesSchema, defaultPreferences),
    setPreferences: (value) => {
      preferences.write('preferences', value);
      applyTheme(value.theme);
    },
    view: () => preferences.read('view', viewSchema, defaultView),
    setView: (value) => preferences.write('view', value),
  };
}

function publishEvents(
  events: EventPublisher,
  demo: DemoServer,
  { dataSources, manager, metrics }: Engine,
  { service }: Vault,
): void {
  manager.onState.on((change) => events.publish('dataSources.state', change));
  metrics.onSample.on((sample) => events.publish('metrics.sample', sample));
  dataSources.onChanged.on((change) => events.publish('dataSources.changed', change));
  demo.onStatus.on((status) => events.publish('demo.status', status));
  service.onStatus.on((status) => events.publish('vault.status', status));
}

/** What else happens when the vault is locked or opened. */
function followLock(adapters: PlatformAdapters, vault: Vault, engine: Engine): void {
  const { appLock, service } = vault;
  const { dataSources, manager, transfer } = engine;
  appLock.onChange.on((change) => {
    if (change !== 'locked') return;
    transfer.importer.discardAll();
    if (appLock.settings.connections === 'close') void manager.disconnectAll();
    if (appLock.isLocked) adapters.onLocked();
  });
  let wasOpen = false;
  service.onStatus.on(({ lock }) => {
    const isOpen = lock === 'open';
    if (isOpen === wasOpen) return;
    wasOpen = isOpen;
    // What is signed can be checked now, or no longer.
    dataSources.refresh();
    if (isOpen) manager.vaultOpened();
  });
}
