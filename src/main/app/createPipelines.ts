import { join } from 'node:path';
import type { DataSource } from '../../shared/model/dataSource.ts';
import { defaultPipelineSettings, pipelineSettingsSchema } from '../../shared/model/pipelineViews.ts';
import { neverAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import { locateBinaries } from '../embedded/process/binaries.ts';
import type { Logger } from '../observability/Logger.ts';
import { PipelineMetrics } from '../observability/PipelineMetrics.ts';
import type { PipelineReading } from '../observability/prometheus/pipelineSeries.ts';
import type { ResultFiles } from '../results/Results.ts';
import type { ConnectTargets } from '../sessions/ConnectTargets.ts';
import { PipelineFiles } from '../sync/files/PipelineFiles.ts';
import type { PipelinePreviews, PipelinePreviewsOptions } from '../sync/PipelinePreviews.ts';
import { PipelineSchedules } from '../sync/PipelineSchedules.ts';
import { Pipelines, type SettingsKeeper } from '../sync/Pipelines.ts';
import {
  QueueAdministration,
  type QueueAdministrationOptions,
  type QueueKeeper,
} from '../sync/QueueAdministration.ts';
import type { RunEngine } from '../sync/queue/RunEngine.ts';
import { sealBundle } from '../sync/queue/sealing.ts';
import { PipelineStandings, type PipelineStandingsOptions } from '../sync/runs/PipelineStandings.ts';
import { RunBook } from '../sync/runs/RunBook.ts';
import { RunBundles } from '../sync/runs/RunBundles.ts';
import { RunChanges } from '../sync/runs/RunChanges.ts';
import { Runs } from '../sync/runs/Runs.ts';
import { RunTraces } from '../sync/runs/RunTraces.ts';
import { SavedPipelines } from '../sync/SavedPipelines.ts';
import { Scheduler } from '../sync/schedule/Scheduler.ts';
import { LocalRunEngine } from '../sync/worker/LocalRunEngine.ts';
import type { AttemptEnd, ReplacedSecret } from '../sync/worker/workerMessages.ts';
import type { Sessions } from './createSessions.ts';
import type { Vault } from './createVault.ts';
import { createMaskKeys } from './maskKeys.ts';
import type { OpenStore } from './openStore.ts';
import { ownSecretIn } from './ownSecrets.ts';
import { createQueueKeeper, queueTarget, workerKeySecrets } from './queueKeeper.ts';
import type { PlatformAdapters } from './services.ts';

/** What is sealed for a run can be opened for a day. */
const sealedForMs = 24 * 3_600_000;
/** Runs come to a checkpoint within this time when the app ends. */
const stopMs = 1_000;

export interface PipelinesFeatureOptions {
  readonly adapters: PlatformAdapters;
  readonly store: OpenStore;
  readonly vault: Vault;
  readonly sessions: Sessions;
  readonly targets: ConnectTargets;
  readonly files: ResultFiles;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Pipelines: what is saved of them, when they run, and what becomes of their runs. */
export function createPipelines(options: PipelinesFeatureOptions) {
  const { adapters, store, vault, targets, clock, logger } = options;
  const { pipelines: repository, dataSources } = store;
  const findSource = (id: string) => dataSources.findListed(id);
  const rejectsFolder = join(adapters.paths.userData, 'rejects');
  const { manager, factory } = options.sessions;
  const maskKey = createMaskKeys(vault.vault);
  const keeper = createQueueKeeper(store.preferences, vault.vault);
  const engine = createEngine(options, keeper, findSource, ({ runId, steps }) =>
    traces.attempted(runId, steps),
  );
  const settings = settingsIn(store, engine, adapters);
  const saved = new SavedPipelines(repository, logger);
  const book = new RunBook({ repository, keptRuns: () => settings.read().keptRuns, clock });
  const traces = new RunTraces({ book, operations: adapters.operations.instrumentation });
  const bundles = new RunBundles({
    ...{ findSource, targets, rejectsFolder, maskKey },
    position: (id) => repository.position(id),
  });
  const runs = new Runs({
    ...{ repository, saved, book, engine, sealedForMs, clock, logger },
    bundleOf: (...run) => bundles.bundleOf(...run),
    seal: async (bundle) => sealBundle(bundle, await engine.key(), clock.wallMs() + sealedForMs),
  });
  const scheduler = new Scheduler({
    onDue: (due) => runs.due(due),
    putSlot: (id, slot) => repository.putSlot(id, slot),
    onNext: (id) => service.changed(id),
    ...{ clock, logger },
  });
  const schedules = new PipelineSchedules({ repository, saved, scheduler, clock });
  const files = new PipelineFiles({
    dialogs: adapters.fileDialogs,
    files: options.files,
    dataSources: () => dataSources.list(),
    pipelines: () => saved.all(),
  });
  const service: Pipelines = new Pipelines({
    ...{ repository, saved, book, runs, schedules, files, settings, findSource, rejectsFolder, clock },
    openPreviews: () => openPreviews({ manager, factory, targets, findSource, maskKey, clock }),
    showFile: adapters.showFile,
  });
  const queue = createQueueAdministration(options, { keeper, engine, runs });
  const changes = publishChanges(adapters, service, book, clock);
  const standings = followStandings(service, { saved, book, clock, logger });
  book.onTurn.on((turn) => traces.take(turn));
  const stop = async (): Promise<void> => {
    for (const part of [schedules, runs, changes, standings]) part.stop();
    await engine.stop(stopMs);
  };
  return {
    pipelines: service,
    standings,
    nameOf: (id: string): string | null => saved.find(id)?.pipeline.name ?? null,
    queue,
    reading: measured(service, { book, standings, engine }),
    /** The vault was opened. */
    vaultOpened: () => runs.vaultOpened(),
    schedules: scheduler,
    start: () => {
      adapters.applyBackground(settings.read());
      void engine.endLeft();
      runs.start();
      void schedules.start();
      void standings.start();
    },
    stop: { name: 'pipelines', limitMs: stopMs + 500, run: stop },
  };
}

/** Tells the window of pipelines and their runs. @returns what has to be stopped */
function publishChanges(
  { events }: Pick<PlatformAdapters, 'events'>,
  service: Pipelines,
  book: RunBook,
  clock: Clock,
): RunChanges {
  const changes = new RunChanges((run) => events.publish('runs.changed', run), clock);
  service.onChanged.on((change) => events.publish('pipelines.changed', change));
  book.onTurn.on((turn) => {
    changes.take(turn);
    if (turn.isTurn) service.changed(turn.run.pipelineId);
  });
  return changes;
}

/** Counts what pipelines do. @returns what is true of them now */
function measured(
  { onChanged }: Pick<Pipelines, 'onChanged'>,
  {
    book,
    standings,
    engine,
  }: {
    readonly book: RunBook;
    readonly standings: PipelineStandings;
    readonly engine: Pick<RunEngine, 'status'>;
  },
): () => PipelineReading {
  const metrics = new PipelineMetrics();
  book.onTurn.on(({ run }) => metrics.take(run));
  onChanged.on((change) => change.type === 'removed' && metrics.forget(change.id));
  const runStates = () => book.open().map(({ state }) => state);
  return () => ({
    ...{ pipelines: metrics.pipelines, dueMs: standings.dueMs() },
    ...{ runStates: runStates(), queue: engine.status.state },
  });
}

function followStandings(
  { onChanged }: Pick<Pipelines, 'onChanged'>,
  options: PipelineStandingsOptions,
): PipelineStandings {
  const standings = new PipelineStandings(options);
  onChanged.on((change) => change.type === 'changed' && standings.changed(change.summary.id));
  return standings;
}

export type PipelinesFeature = ReturnType<typeof createPipelines>;

/** Loads readers, expressions and plans: nobody needs them before a pipeline is edited. */
async function openPreviews(options: PipelinePreviewsOptions): Promise<PipelinePreviews> {
  const previews = await import('../sync/PipelinePreviews.ts');
  return new previews.PipelinePreviews(options);
}

function settingsIn(
  { preferences }: OpenStore,
  engine: Pick<RunEngine, 'setConcurrency'>,
  { applyBackground }: PlatformAdapters,
): SettingsKeeper {
  const read = () => preferences.read('pipelines', pipelineSettingsSchema, defaultPipelineSettings);
  engine.setConcurrency(read().concurrency);
  return {
    read,
    write: (settings) => {
      preferences.write('pipelines', settings);
      engine.setConcurrency(settings.concurrency);
      applyBackground(settings);
    },
  };
}

function createQueueAdministration(
  { adapters, files, clock }: PipelinesFeatureOptions,
  parts: Pick<QueueAdministrationOptions, 'keeper' | 'engine' | 'runs'>,
): QueueAdministration {
  const queue = new QueueAdministration({ ...parts, files, ask: adapters.ask, clock });
  queue.onStatus.on((status) => adapters.events.publish('queue.status', status));
  return queue;
}

/** What runs need on this computer; started when one is asked for. */
function createEngine(
  { adapters, store, vault, sessions, targets, clock, logger }: PipelinesFeatureOptions,
  keeper: QueueKeeper,
  findSource: (id: string) => DataSource | null,
  onAttempt: (end: AttemptEnd) => void,
): LocalRunEngine {
  const manager = vault.vault;
  const keepSecret = async ({ sourceId, field, value }: ReplacedSecret): Promise<void> => {
    const dataSource = findSource(sourceId);
    if (dataSource === null) return;
    const target = await targets.forDataSource(dataSource, neverAborted);
    await target.replaceSecret?.(field, value);
  };
  return new LocalRunEngine({
    target: () => queueTarget(keeper),
    server: {
      binaries: () => locateBinaries(adapters.paths.app),
      dataFolder: join(adapters.paths.userData, 'queue'),
      secrets: ownSecretIn(manager, 'queue-password'),
    },
    keySecrets: workerKeySecrets(store.preferences, manager),
    workerProcess: adapters.workerProcess,
    concurrency: defaultPipelineSettings.concurrency,
    onSecret: (secret) => {
      keepSecret(secret).catch((error: unknown) => {
        logger.warn('A secret that a server replaced could not be kept', { field: secret.field }, error);
      });
    },
    reserve: (id, request) => sessions.manager.reserve(id, request),
    ...{ onAttempt, clock, logger },
  });
}
