import { sqlLanguageOf } from '../../../shared/engines/sqlLanguages.ts';
import type { RunOutcome } from '../../../shared/model/runs.ts';
import { speaksSql } from '../../connectors/speaksSql.ts';
import { type PlannedDestination, planDestination, planError } from '../planning/planDestination.ts';
import type { RunResult, TakenRun } from '../queue/RunQueue.ts';
import type { BundledSource, RunBundle } from '../queue/runBundle.ts';
import type { OpenedSource } from '../reading/OpenedSource.ts';
import { openSource } from '../reading/openSource.ts';
import { createTransformation } from '../transforming/createTransformation.ts';
import { mapColumns, shapeAfter } from '../transforming/mapColumns.ts';
import { sourceCells } from '../transforming/sourceCells.ts';
import { AttemptTrace } from './AttemptTrace.ts';
import { copyRows, startOf } from './CopyLoop.ts';
import type { Sink, SinkSummary, SourceCells, SourceReading, Transformation, ValueLoss } from './ports.ts';
import { type Position, positionSchema } from './position.ts';
import type { OpenConnection, RejectedRows, RunParts } from './RunParts.ts';
import { RunProgressReport } from './RunProgressReport.ts';
import { RunStop } from './RunStop.ts';
import { markedReadOnly, runError, sourceNotBundled } from './runErrors.ts';
import { beginningText, endText, logText, lossText } from './runLog.ts';

const maxWatermark = 1_000;

/** Rows go on as they are. */
const untouched: Transformation = { apply: async (rows) => ({ rows, rejected: [] }), losses: [] };

/** What an attempt has opened, to be closed in the reverse order. */
interface Closable {
  close(): Promise<void>;
}

/** An attempt of a run, from its connections to its outcome. */
class PipelineRun {
  readonly #bundle: RunBundle;
  readonly #taken: TakenRun;
  readonly #parts: RunParts;
  readonly #trace: AttemptTrace;
  readonly #stop: RunStop;
  readonly #progress: RunProgressReport;
  readonly #open: Closable[] = [];
  readonly #connections: OpenConnection[] = [];

  constructor(bundle: RunBundle, taken: TakenRun, parts: RunParts, trace: AttemptTrace) {
    this.#trace = trace;
    this.#bundle = bundle;
    this.#taken = taken;
    this.#parts = parts;
    this.#stop = new RunStop(taken, parts.clock);
    this.#progress = new RunProgressReport(parts.clock, (progress) => taken.progress(progress));
  }

  /** @throws an AppError, `retryable` when the next attempt may succeed; after a request, the signal's reason */
  async execute(): Promise<RunResult> {
    try {
      return await this.#run();
    } catch (error) {
      this.#stop.check();
      throw runError(
        error,
        this.#connections.map(({ connector }) => connector),
      );
    } finally {
      for (const each of this.#open.toReversed()) await each.close();
      this.#stop.dispose();
    }
  }

  async #run(): Promise<RunResult> {
    this.#progress.opening();
    const { source: from, destination: to } = this.#bundle.pipeline;
    const toId = to.type === 'table' ? to.sourceId : null;
    const trace = this.#trace;
    const source = await trace.step('open-source', from.sourceId, () => this.#openSource());
    const destination = await trace.step('open-destination', toId, () => this.#openDestination());
    const plan = await trace.step('plan', toId, () => this.#plan(source, destination));
    const { transformation, cells } = this.#transformation(source, destination, plan);
    const sink = this.#closing(
      this.#parts.openSink({
        ...{ bundle: this.#bundle, plan, destination, sourceCells: cells },
        isResumable: source.isResumable,
        ...{ signal: this.#stop.signal, clock: this.#parts.clock, isOwned: () => this.#taken.isOwned() },
      }),
    );
    const position = (await trace.step('begin', toId, () => sink.begin())) ?? this.#savedPosition();
    const { runId, rejectsFolder } = this.#bundle;
    const rejects = this.#closing(
      this.#parts.openRejects({ folder: rejectsFolder, name: `${runId}.rejects.ndjson` }),
    );
    const isOwn = position !== null && position.runId === runId;
    await rejects.begin(isOwn ? position.rejectedCount : 0);
    const isOver = isOwn && position.isComplete;
    const copying = () => this.#copy(source, transformation, sink, position, rejects);
    const last = isOver ? position : await trace.step('copy', null, copying);
    const isSwapped = to.type === 'file' || to.mode === 'overwrite' || !source.isResumable;
    return trace.step(isSwapped ? 'swap' : 'commit', toId, () => this.#finish(source, sink, last, rejects));
  }

  async #openSource(): Promise<OpenedSource> {
    const { pipeline } = this.#bundle;
    const { source, reading, filters, destination } = pipeline;
    const bundled = this.#bundled(source.sourceId);
    const { connection, connector } = await this.#connect(bundled, false);
    const { signal } = this.#stop;
    // Of some types a server writes the local time without saying so.
    if (connector.writer !== null && speaksSql(connection))
      await connector.writer.prepare(connection, { signal });
    const opened = await openSource({
      ...{ connection, connector, source, reading, filters, signal },
      language: sqlLanguageOf(bundled.engine.kind),
      mode: destination.type === 'file' ? 'append' : destination.mode,
    });
    return this.#closing(opened);
  }

  async #openDestination(): Promise<OpenConnection | null> {
    const { destination } = this.#bundle.pipeline;
    if (destination.type === 'file') return null;
    const bundled = this.#bundled(destination.sourceId);
    if (bundled.readOnly) throw markedReadOnly(bundled.name);
    return this.#connect(bundled, true);
  }

  /** @throws what keeps the pipeline from running */
  async #plan({ columns }: OpenedSource, open: OpenConnection | null): Promise<PlannedDestination> {
    const { pipeline } = this.#bundle;
    const mapped = mapColumns(pipeline, columns);
    const { signal } = this.#stop;
    const plan = await planDestination({ pipeline, columns, mapped, open }, { signal });
    const error = planError(plan);
    if (error !== null) throw error;
    for (const warning of plan.warnings) this.#log('warn', warning);
    return plan;
  }

  async #copy(
    source: OpenedSource,
    transformation: Transformation,
    sink: Sink,
    position: Position | null,
    rejects: RejectedRows,
  ): Promise<Position> {
    const { pipeline, runId } = this.#bundle;
    const totalCount = await source.estimateRows();
    const { batch: size, clock } = this.#parts;
    const reading: SourceReading = this.#closing(await source.start(position, runId, { size, clock }));
    for (const warning of reading.warnings) this.#log('warn', warning);
    this.#log('info', beginningText(pipeline, position, runId));
    const start = startOf(runId, position);
    this.#progress.begin(start, totalCount);
    try {
      return await copyRows({
        ...{ start, reading, transformation, sink, rejects },
        ...{ maxRejectedRows: pipeline.maxRejectedRows, progress: this.#progress },
        trace: this.#trace,
        check: () => this.#stop.check(),
      });
    } finally {
      this.#logLosses(transformation.losses);
    }
  }

  /** What is done to rows; with `cells`, nothing before they are written. */
  #transformation(
    source: OpenedSource,
    open: OpenConnection | null,
    plan: PlannedDestination,
  ): { readonly transformation: Transformation; readonly cells: SourceCells | null } {
    const { pipeline, maskKey } = this.#bundle;
    const { destination } = pipeline;
    const [reader] = this.#connections;
    if (reader === undefined) throw sourceNotBundled();
    const input = {
      ...{ pipeline, columns: source.columns, planned: plan.columns },
      sourceTypes: reader.connector.types,
      destinationTypes: open?.connector.types ?? null,
      maskKey: Buffer.from(maskKey, 'base64'),
      left: { columns: source.resultColumns, filters: source.leftFilters },
    };
    const isText = destination.type === 'file' && destination.format.type !== 'parquet';
    const cells = isText ? sourceCells(input) : null;
    if (cells !== null) return { transformation: untouched, cells };
    const { clock } = this.#parts;
    return { transformation: createTransformation({ ...input, clock, signal: this.#stop.signal }), cells };
  }

  async #finish(
    { columns }: OpenedSource,
    sink: Sink,
    last: Position,
    { fileName: rejectsFile }: RejectedRows,
  ): Promise<RunResult> {
    const { pipeline } = this.#bundle;
    this.#stop.check();
    // Of a run that an earlier attempt has brought to its end, nothing was told yet.
    this.#progress.finishing(last);
    const position = { ...last, isComplete: true };
    const summary = await sink.finish(position);
    this.#logLosses(summary.losses ?? []);
    this.#log('info', endText(position, summary));
    const isKept = pipeline.destination.type === 'file' && pipeline.reading.type === 'incremental';
    return {
      outcome: outcomeOf(summary, position),
      shape: shapeAfter(pipeline, columns),
      position: isKept ? JSON.stringify(position) : null,
      rejectsFile,
    };
  }

  /** Where the last run ended, of a destination that cannot keep that itself. */
  #savedPosition(): Position | null {
    const { position, again } = this.#bundle;
    if (position === null || again) return null;
    const parsed = positionSchema.safeParse(JSON.parse(position));
    return parsed.success ? parsed.data : null;
  }

  #bundled(id: string): BundledSource {
    const found = this.#bundle.sources.find((source) => source.id === id);
    if (found === undefined) throw sourceNotBundled();
    return found;
  }

  async #connect(source: BundledSource, loadsRows: boolean): Promise<OpenConnection> {
    const opened = await this.#parts.connect(source, { signal: this.#stop.signal, loadsRows });
    this.#connections.push(opened);
    this.#closing(opened.connection);
    return opened;
  }

  #closing<Kind extends Closable>(each: Kind): Kind {
    this.#open.push(each);
    return each;
  }

  #logLosses(losses: readonly ValueLoss[]): void {
    for (const loss of losses) this.#log('warn', lossText(loss));
  }

  #log(level: 'info' | 'warn', text: string): void {
    this.#taken.log(level, logText(text));
  }
}

const outcomeOf = (summary: SinkSummary, { cursor }: Position): RunOutcome => ({
  rowsBefore: summary.rowsBefore,
  rowsAfter: summary.rowsAfter,
  deletedCount: summary.deletedCount,
  watermark: cursor?.slice(0, maxWatermark) ?? null,
  fileName: summary.fileName,
  addedColumns: [...summary.addedColumns],
});

/** Executes an attempt of a run. @throws as `PipelineRun.execute` */
export const runPipeline = (
  bundle: RunBundle,
  taken: TakenRun,
  parts: RunParts,
  trace = new AttemptTrace(parts.clock),
): Promise<RunResult> => new PipelineRun(bundle, taken, parts, trace).execute();
