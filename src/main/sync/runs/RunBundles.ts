import { engineOf } from '../../../shared/engines/engines.ts';
import type { EngineSettings } from '../../../shared/engines/settings.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { Pipeline, PipelineId, SavedPipeline } from '../../../shared/model/pipelines.ts';
import type { Run } from '../../../shared/model/runs.ts';
import type { ConnectTargets } from '../../sessions/ConnectTargets.ts';
import type { PipelineRepository } from '../PipelineRepository.ts';
import { sourceGone, tooFewConnections } from '../pipelineErrors.ts';
import { connectionCountOf, isHashed, sourceIdsOf } from '../pipelineParts.ts';
import { type BundledSource, maxContinuedRuns, type RunBundle } from '../queue/runBundle.ts';

/** Of masks that hash nothing: nobody sees anything made with it. */
const unusedMaskKey = Buffer.alloc(32).toString('base64');

export interface RunBundlesOptions {
  /** One that was removed is not found. */
  readonly findSource: (id: string) => DataSource | null;
  readonly targets: Pick<ConnectTargets, 'forDataSource'>;
  /** The key of a pipeline's masks, 32 bytes: always the same. @throws VAULT_… */
  readonly maskKey: (id: PipelineId) => Promise<Buffer>;
  readonly repository: Pick<PipelineRepository, 'position' | 'unfinished'>;
  readonly rejectsFolder: string;
}

/** Gathers all that a worker needs for a run, secrets included. What it makes is sealed at once, and never kept. */
export class RunBundles {
  readonly #options: RunBundlesOptions;

  constructor(options: RunBundlesOptions) {
    this.#options = options;
  }

  /** @throws PIPELINE_INVALID for a data source that is gone, or allows too few connections; what opening one throws: VAULT_…, DATA_SOURCE_CHANGED, … */
  async bundleOf({ id, pipeline }: SavedPipeline, run: Run, signal: AbortSignal): Promise<RunBundle> {
    const { repository, rejectsFolder } = this.#options;
    const sources: BundledSource[] = [];
    for (const sourceId of sourceIdsOf(pipeline))
      sources.push(await this.#bundled(sourceId, connectionCountOf(pipeline, sourceId), signal));
    return {
      ...{ runId: run.id, pipelineId: id, pipeline, sources, rejectsFolder },
      position: pipeline.destination.type === 'file' ? repository.position(id) : null,
      continues: repository.unfinished(id, maxContinuedRuns),
      again: run.reason.type === 'again',
      namedAt: 'slot' in run.reason ? run.reason.slot : run.queuedAt,
      timeZone: timeZoneOf(pipeline),
      maskKey: await this.#maskKey(id, pipeline),
    };
  }

  async #bundled(id: string, connectionCount: number, signal: AbortSignal): Promise<BundledSource> {
    const dataSource = this.#options.findSource(id);
    if (dataSource === null) throw sourceGone();
    if (connectionCount > dataSource.pool.max) throw tooFewConnections(dataSource.name);
    const { engine, readOnly, timeouts, secret, acceptedHostKeys } =
      await this.#options.targets.forDataSource(dataSource, signal);
    const secrets: Record<string, string> = {};
    for (const field of engineOf(engine.kind).secretFields) {
      const value = await secret(field);
      if (value !== null) secrets[field] = value;
    }
    // One is left for the person at the window.
    const maxConnections = Math.max(1, dataSource.pool.max - 1);
    const hosts = isTunnelled(engine) ? { acceptedHostKeys: await acceptedHostKeys?.() } : {};
    return { id, name: dataSource.name, engine, readOnly, timeouts, secrets, ...hosts, maxConnections };
  }

  async #maskKey(id: PipelineId, pipeline: Pipeline): Promise<string> {
    return isHashed(pipeline) ? (await this.#options.maskKey(id)).toString('base64') : unusedMaskKey;
  }
}

const isTunnelled = ({ config }: EngineSettings): boolean =>
  'network' in config && config.network?.type === 'ssh';

/** Of its schedule, else of this computer. */
const timeZoneOf = ({ schedule }: Pipeline): string =>
  schedule.type === 'cron' ? schedule.timeZone : Intl.DateTimeFormat().resolvedOptions().timeZone;
