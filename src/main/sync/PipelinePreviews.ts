import { sqlLanguageOf } from '../../shared/engines/sqlLanguages.ts';
import type { DataSource } from '../../shared/model/dataSource.ts';
import type { Pipeline, PipelineId, PipelineSource } from '../../shared/model/pipelines.ts';
import type {
  DryRun,
  PipelineDraftInput,
  PipelinePlan,
  SourceShape,
} from '../../shared/model/pipelineViews.ts';
import type { Clock } from '../base/Clock.ts';
import type { Connection } from '../connectors/Connection.ts';
import type { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import type { Connector } from '../connectors/Connector.ts';
import { speaksSql } from '../connectors/speaksSql.ts';
import type { ConnectionManager } from '../sessions/ConnectionManager.ts';
import type { ConnectTargets } from '../sessions/ConnectTargets.ts';
import { connectWithDeadline } from '../sessions/connectWithDeadline.ts';
import { dryRun } from './copy/dryRun.ts';
import { sourceGone } from './pipelineErrors.ts';
import { isHashed } from './pipelineParts.ts';
import { type PlannedDestination, planDestination, shownPlan } from './planning/planDestination.ts';
import { openSource } from './reading/openSource.ts';
import { shapeOf } from './reading/shapeOf.ts';
import { mapColumns } from './transforming/mapColumns.ts';

export interface PipelinePreviewsOptions {
  readonly manager: Pick<ConnectionManager, 'withConnection'>;
  readonly factory: Pick<ConnectionFactory, 'connect' | 'connectorFor'>;
  readonly targets: Pick<ConnectTargets, 'forDataSource'>;
  /** One that was removed is not found. */
  readonly findSource: (id: string) => DataSource | null;
  /** @throws VAULT_… */
  readonly maskKey: (id: PipelineId) => Promise<Buffer>;
  readonly clock: Clock;
}

/** Values are hashed with it that are shown and not kept, of a pipeline that has no id yet. */
const draftMaskKey = Buffer.alloc(32);

/** What a pipeline would do, looked at. All reject as the servers do, and on an abort. */
export class PipelinePreviews {
  readonly #options: PipelinePreviewsOptions;

  constructor(options: PipelinePreviewsOptions) {
    this.#options = options;
  }

  /** What a source gives, with a sample. */
  shape(source: PipelineSource, signal: AbortSignal): Promise<SourceShape> {
    const dataSource = this.#source(source.sourceId);
    const language = sqlLanguageOf(dataSource.engine.kind);
    return this.#options.manager.withConnection(source.sourceId, signal, (connection, connector) =>
      shapeOf({ connection, connector, language, source, signal }),
    );
  }

  async plan({ pipeline }: PipelineDraftInput, signal: AbortSignal): Promise<PipelinePlan> {
    return shownPlan(await this.#planned(pipeline, signal));
  }

  /** Over a session of its own, with the settings of a run: those of the pool stay as they are. */
  async dryRun({ id, pipeline }: PipelineDraftInput, signal: AbortSignal): Promise<DryRun> {
    const { clock, factory, targets } = this.#options;
    const { source, destination } = pipeline;
    const dataSource = this.#source(source.sourceId);
    const { columns, problems } = await this.#planned(pipeline, signal);
    const to = destination.type === 'table' ? this.#source(destination.sourceId).engine.kind : null;
    const types = to === null ? null : factory.connectorFor(to).types;
    const target = await targets.forDataSource(dataSource, signal);
    const connection = await connectWithDeadline(factory, target, clock, { signal, sourceId: dataSource.id });
    try {
      const connector = factory.connectorFor(dataSource.engine.kind);
      await prepare(connection, connector, signal);
      return await dryRun({
        ...{ pipeline, connection, connector, signal, clock },
        language: sqlLanguageOf(dataSource.engine.kind),
        // What cannot be written can be shown all the same.
        planned: problems.length > 0 ? null : { columns, types },
        maskKey: isHashed(pipeline) && id !== null ? await this.#options.maskKey(id) : draftMaskKey,
      });
    } finally {
      await connection.close();
    }
  }

  async #planned(pipeline: Pipeline, signal: AbortSignal): Promise<PlannedDestination> {
    const { manager } = this.#options;
    const { source, destination, filters, reading } = pipeline;
    const language = sqlLanguageOf(this.#source(source.sourceId).engine.kind);
    const mode = destination.type === 'table' ? destination.mode : 'append';
    const columns = await manager.withConnection(source.sourceId, signal, async (connection, connector) => {
      const options = { connection, connector, language, source, reading, filters, mode, signal };
      const opened = await openSource(options);
      await opened.close();
      return opened.columns;
    });
    const request = { pipeline, columns, mapped: mapColumns(pipeline, columns) };
    if (destination.type === 'file') return planDestination({ ...request, open: null }, { signal });
    this.#source(destination.sourceId);
    return manager.withConnection(destination.sourceId, signal, (connection, connector) =>
      planDestination({ ...request, open: { connection, connector } }, { signal }),
    );
  }

  /** @throws PIPELINE_INVALID */
  #source(id: string): DataSource {
    const dataSource = this.#options.findSource(id);
    if (dataSource === null) throw sourceGone();
    return dataSource;
  }
}

async function prepare(connection: Connection, { writer }: Connector, signal: AbortSignal): Promise<void> {
  if (writer !== null && speaksSql(connection)) await writer.prepare(connection, { signal });
}
