import { join } from 'node:path';
import { preferencesSchema } from '../../shared/model/appInfo.ts';
import { defaultPreferences } from '../../shared/model/defaults.ts';
import { systemClock as clock } from '../base/Clock.ts';
import type { DataSourceRepository } from '../dataSources/DataSourceRepository.ts';
import { OtherDatabases } from '../dataSources/databases/OtherDatabases.ts';
import { DemoApi } from '../demo/api/DemoApi.ts';
import { DemoServer } from '../demo/DemoServer.ts';
import { locateBinaries } from '../embedded/process/binaries.ts';
import type { Logger } from '../observability/Logger.ts';
import { LogService } from '../observability/log/LogService.ts';
import type { QueryStatistics } from '../observability/statistics/QueryStatistics.ts';
import type { QueryService, UnfinishedTab } from '../query/QueryService.ts';
import type { DialogFiles } from '../results/files/DialogFiles.ts';
import type { SqlitePreferencesRepository } from '../store/SqlitePreferencesRepository.ts';
import { DataSourceExporter } from '../transfer/DataSourceExporter.ts';
import { DataSourceImporter } from '../transfer/DataSourceImporter.ts';
import { HelperKeychain } from '../vault/keychain/HelperKeychain.ts';
import type { KeychainProcess } from '../vault/keychain/KeychainProcess.ts';
import { createConnectTargets, targetsOfDatabases } from './connectTargets.ts';
import { createActivity } from './createActivity.ts';
import { createAlerts } from './createAlerts.ts';
import { createAudit } from './createAudit.ts';
import { createDataSources, createSourceSecrets, type SourceSecrets } from './createDataSources.ts';
import { createDiagnostics } from './createDiagnostics.ts';
import { createMetrics } from './createMetrics.ts';
import { createMonitoring } from './createMonitoring.ts';
import { createPipelines } from './createPipelines.ts';
import { createQuery } from './createQuery.ts';
import { createRequests } from './createRequests.ts';
import { createResults } from './createResults.ts';
import { createSessions } from './createSessions.ts';
import { createStatistics } from './createStatistics.ts';
import { createTracing } from './createTracing.ts';
import { createVault, type Vault } from './createVault.ts';
import { startDemoApi } from './demoApi.ts';
import {
  followDatabases,
  followLock,
  followPipelines,
  followSources,
  followStates,
  publishEvents,
} from './featureLinks.ts';
import { type OpenStore, openStore } from './openStore.ts';
import { ownSecretIn } from './ownSecrets.ts';
import { resetDemo } from './resetDemo.ts';
import type { AppHost, PlatformAdapters, Services } from './services.ts';
import { type Feature, shutDown } from './shutdown.ts';
import type { UnfinishedWork } from './unfinishedWork.ts';

/**
 * Creates the features in order, starts them, and stops them in reverse.
 *
 * A stop takes 0.05 + 0.1 + 0.5 + 1.5 + 0.1 + 0.1 + 6 + 2.5 + 0.1 + 0.2 + 0.5 + 0.1 = 11.75 s at most; alerts, metrics and
 * statistics are done when their step returns. QuitSequence waits as long. The log needs no step, every line is written
 * before the call that logs it returns.
 * @throws STORE_… when the data file cannot be opened: then nothing runs and nothing was changed
 */
export function createServices(adapters: PlatformAdapters): Services {
  const features = createFeatures(adapters);
  const { store, statistics, metrics, vault, demo, sessions, sources, transfer, query, audit } = features;
  const { monitoring, tracing, alerts, pipelines } = features;
  const { dataSources } = sources;
  const linked = {
    ...{ ...sources, ...sessions, ...transfer, ...statistics, ...audit, ...monitoring, ...tracing },
    ...{ ...alerts, ...metrics, vault, query: query.query, demo: demo.demo, pipelines },
    others: features.others,
  };
  publishEvents(adapters.events, linked);
  followLock(linked, adapters.onLocked);
  followSources(linked);
  followStates(linked);
  followDatabases(linked);
  followPipelines(linked);
  const { app, log, results, keychain } = features;
  const ordered: readonly Feature[] = [
    ...[keychain, store, tracing, statistics, metrics, vault, demo, sessions],
    ...[transfer, results, pipelines, query, audit, monitoring, alerts],
    ...[app, log],
  ];
  for (const feature of ordered) feature.start?.();
  return {
    ...sources,
    ...{ manager: sessions.manager, server: sessions.server, metrics: sessions.metrics },
    metricsHistory: metrics.metricsHistory,
    query: query.query,
    tables: query.tables,
    history: query.history,
    tabs: query.tabs,
    objects: store.objects,
    statistics: statistics.statistics,
    monitoring: monitoring.monitoring,
    tracing: tracing.tracing,
    transfer: transfer.transfer,
    app: app.host,
    log,
    operations: adapters.operations.recent,
    activity: features.activity,
    alerts: alerts.alerts,
    showMonitoringFiles: adapters.showMonitoringFiles,
    results: results.results,
    diagramFiles: results.diagramFiles,
    requests: features.requests,
    pipelines: pipelines.pipelines,
    queue: pipelines.queue,
    schedules: pipelines.schedules,
    demo: demo.demo,
    diagnostics: features.diagnostics,
    chartFiles: features.chartFiles,
    startDemoApi: (signal) => startDemoApi(demo.api, sessions.factory, signal),
    resetDemo: (signal) =>
      resetDemo({ ask: adapters.ask, demo: demo.demo, dataSources, manager: sessions.manager }, signal),
    events: adapters.events,
    vault: vault.service,
    appLock: vault.appLock,
    audit: store.audit,
    auditing: audit.auditing,
    unfinished: () => unfinishedWork(query.query, results.files, features.others),
    backUp: () => store.backups.backUp(),
    shutdown: () => stopAll(ordered, adapters.logger),
  };
}

/** Each from those before it. */
function createFeatures(adapters: PlatformAdapters) {
  const { paths, operations } = adapters;
  const { instrumentation } = operations;
  const logger = adapters.logger.scope('connections');
  const keychain = createKeychain(adapters.keychainProcess);
  const store = openStore({
    ...{ folder: paths.userData, keychain: keychain.keychain, instrumentation, clock },
    logger: adapters.logger.scope('store'),
  });
  const vault = createVault({
    ...{ store, ask: adapters.ask, instrumentation, clock, logger: adapters.logger.scope('vault') },
  });
  const demo = createDemo(adapters, vault);
  const sourceSecrets = createSourceSecrets(store, vault, clock, adapters, (kind) =>
    sessions.factory.connectorFor(kind),
  );
  const others = new OtherDatabases(store.dataSources);
  const targets = targetsOfDatabases(
    createConnectTargets(sourceSecrets, demo, (...secret) => sources.dataSources.keepSecret(...secret)),
    others,
  );
  const statistics = createStatistics({ store, clock, logger: adapters.logger.scope('statistics') });
  const metrics = createMetrics({ store, others, clock, logger: adapters.logger.scope('metrics') });
  const sessions = createSessions({
    ...{ targets, repository: others, instrumentation, clock, logger },
    metrics: metrics.metrics,
    statementsOf: (id) => statistics.statistics.recorderOf(others.savedIdOf(id)),
  });
  const sources = createDataSources({
    ...{ store, vault, sourceSecrets, targets, others, sessions, adapters, clock, logger },
  });
  const transfer = createTransfer(adapters, store, sources.dataSources, sourceSecrets);
  const results = createResults({ adapters, repository: others, clock });
  const query = createQuery({ adapters, store, others, sessions, ...results, clock, logger });
  const tracing = createTracing({ adapters, store, others, ...keychain, clock });
  const { requests } = createRequests({
    ...{ adapters, store, sessions, targets, obtained: sourceSecrets.obtained, files: results.files, clock },
  });
  const pipelines = createPipelines({
    ...{ adapters, store, vault, sessions, targets, files: results.files, clock },
    logger: adapters.logger.scope('pipelines'),
  });
  const monitoring = createMonitoring({ adapters, store, ...keychain, vault, sessions, pipelines, clock });
  const { activity } = createActivity({ others, sessions, clock });
  const alerts = createAlerts({ adapters, store, vault, activity, pipelines, clock });
  const audit = createAudit({ store, adapters, clock });
  const app = createAppHost(adapters, store.preferences, statistics.statistics);
  const log = new LogService(adapters.log, store.preferences, clock);
  const { diagnostics, chartFiles } = createDiagnostics({
    ...{ app: app.host, auditing: audit.auditing, demo: demo.demo, log },
    ...{ manager: sessions.manager, metrics: sessions.metrics },
    ...{ vault: vault.service, store, adapters, clock },
  });
  return {
    ...{ keychain, store, others, vault, demo, statistics, metrics, sessions, sources },
    ...{ transfer, results, query },
    ...{ monitoring, tracing, requests, pipelines, activity, alerts, audit, app, log },
    ...{ diagnostics, chartFiles },
  };
}

function stopAll(features: readonly Feature[], logger: Logger): Promise<void> {
  const steps = features.toReversed().flatMap(({ stop }) => stop ?? []);
  return shutDown(steps, clock, logger);
}

function unfinishedWork(
  query: QueryService,
  files: Pick<DialogFiles, 'writing'>,
  sources: Pick<DataSourceRepository, 'find'>,
): UnfinishedWork {
  const tabs = query.unfinished();
  const namesOf = (found: readonly UnfinishedTab[]) =>
    found.flatMap(({ sourceId }) => sources.find(sourceId)?.name ?? []);
  return {
    transactions: namesOf(tabs.filter(({ hasTransaction }) => hasTransaction)),
    statements: namesOf(tabs.filter(({ isRunning }) => isRunning)),
    files: files.writing,
  };
}

function createKeychain(process: KeychainProcess) {
  const keychain = new HelperKeychain({ process, clock });
  return { keychain, stop: { name: 'keychain', limitMs: 100, run: () => keychain.close() } };
}

function createDemo({ paths, logger, operations }: PlatformAdapters, { vault }: Vault) {
  const demo = new DemoServer({
    binaries: () => locateBinaries(paths.app),
    dataFolder: join(paths.userData, 'demo'),
    seedFolder: join(paths.resources, 'demo'),
    secrets: ownSecretIn(vault, 'demo-passwords'),
    instrumentation: operations.instrumentation,
    clock,
    logger,
  });
  const api = new DemoApi({ database: demo, clock, logger });
  const run = async (): Promise<void> => {
    await api.stop();
    await demo.stop(1_500);
  };
  const stop = { name: 'demo', limitMs: 2_500, run };
  return { demo, api, start: () => void demo.endLeft(), stop };
}

function createTransfer(
  { transferDialogs: dialogs }: PlatformAdapters,
  { audit, backups }: OpenStore,
  dataSources: Services['dataSources'],
  { secrets }: SourceSecrets,
) {
  const exporter = new DataSourceExporter({ dialogs, source: dataSources, secrets, clock });
  const backUp = () => backups.backUp();
  const importer = new DataSourceImporter({ dialogs, target: dataSources, backUp, audit, clock });
  const stop = { name: 'transfer', limitMs: 100, run: () => importer.discardAll() };
  return { transfer: { exporter, importer }, stop };
}

function createAppHost(
  adapters: PlatformAdapters,
  preferences: SqlitePreferencesRepository,
  statistics: QueryStatistics,
) {
  const { applyTheme, clipboard, electronVersion, log, onPageReady, paths, showLogFolder, version } =
    adapters;
  const readPreferences = () => preferences.read('preferences', preferencesSchema, defaultPreferences);
  const host: AppHost = {
    info: () => ({ version, electronVersion, userDataPath: paths.userData, logPath: log.path }),
    copyText: (text) => clipboard.copyText(text),
    showLogFolder,
    pageReady: onPageReady,
    preferences: readPreferences,
    setPreferences: (value) => {
      preferences.write('preferences', value);
      statistics.setKept(value.keepsStatistics);
      applyTheme(value.theme);
    },
  };
  return { host, start: () => applyTheme(readPreferences().theme) };
}
