import { neverAborted } from '../../../base/abort.ts';
import type { EncodedRows } from '../../../connectors/RowStream.ts';
import type { BatchOutcome, RejectedRow, Sink, SinkSummary } from '../../copy/ports.ts';
import type { Position } from '../../copy/position.ts';
import { PipelineState } from './PipelineState.ts';
import { type BegunWriting, SinkBeginning } from './SinkBeginning.ts';
import { SinkSession } from './SinkSession.ts';
import { refusedError } from './sinkErrors.ts';
import type { TableSinkOptions } from './TableSinkOptions.ts';
import { noCounts, type WritingCounts } from './TableWriting.ts';
import { writeRows } from './writeRows.ts';

/** Longest time in which a staging table is dropped that nobody needs any more. */
const tidyTimeoutMs = 5_000;

/** Writes a run into a table. */
class TableSink implements Sink {
  readonly #options: TableSinkOptions;
  readonly #session: SinkSession;
  readonly #state: PipelineState;
  /** Null before the beginning, and when there is nothing to write any more. */
  #begun: BegunWriting | null = null;
  readonly #addedColumns: string[];

  constructor(options: TableSinkOptions) {
    const { plan, relation, pipelineId, runId, again } = options;
    this.#options = options;
    this.#session = new SinkSession(options);
    this.#state = new PipelineState(this.#session, { schema: relation.schema, pipelineId, runId, again });
    const added = plan.table === null ? [] : plan.columns.filter(({ isNew }) => isNew);
    this.#addedColumns = added.map(({ name }) => name);
  }

  async begin(): Promise<Position | null> {
    const beginning = new SinkBeginning(this.#options, this.#session, this.#state);
    const { position, begun, addedColumns } = await this.#session.explained(() => beginning.begin());
    this.#begun = begun;
    this.#addedColumns.push(...addedColumns);
    return position;
  }

  async write(
    rows: EncodedRows,
    position: Position,
    onRefused: Parameters<Sink['write']>[2],
  ): Promise<BatchOutcome> {
    const begun = this.#begun;
    if (begun === null) return { writtenCount: 0, rejected: [] };
    return this.#session.transaction(async (transaction) => {
      await begun.writing.begin();
      const outcome = await writeRows(transaction, {
        rows,
        columnNames: begun.tools.target.columns.map(({ name }) => name),
        keyPlaces: keyPlacesOf(begun),
        write: (part) => begun.writing.write(part),
        judge: (error) => this.#options.writer.judge(error),
        onRejected: (rejected) => this.#limit(rejected, position),
      });
      await this.#state.keep(this.#kept(position, outcome), begun.staging);
      // Behind that, an attempt that was overtaken does not come.
      await onRefused(outcome.rejected);
      return outcome;
    });
  }

  async finish(position: Position): Promise<SinkSummary> {
    const begun = this.#begun;
    if (begun === null) return this.#summary(position.counts ?? noCounts);
    const { words } = this.#options.writer;
    const drops = begun.staging.map(() => words.dropTable(begun.tools.staging));
    const [together, behind] = words.isDdlTransactional ? [drops, []] : [[], drops];
    const counts = await this.#session.transaction(async () => {
      const result = await begun.writing.finish();
      for (const text of together) await this.#session.query(text);
      const left = behind.length === 0 ? [] : begun.staging;
      await this.#state.keep({ ...position, isComplete: true, counts: result }, left);
      return result;
    });
    this.#begun = null;
    if (behind.length > 0) await this.#session.change(behind, () => this.#state.keep(null, []));
    return this.#summary(counts);
  }

  /** Rows that wait in a staging table are of no use to the next attempt when that begins anew. */
  async close(): Promise<void> {
    const begun = this.#begun;
    this.#begun = null;
    const { connection, writer, isResumable } = this.#options;
    if (begun === null || isResumable || begun.staging.length === 0) return;
    if (!connection.isUsable || connection.isInTransaction) return;
    const text = writer.words.dropTable(begun.tools.staging);
    try {
      await connection.query({ text }, { signal: neverAborted, timeoutMs: tidyTimeoutMs });
    } catch {
      // It is in the list of the next attempt, which drops it.
    }
  }

  /** @throws ROWS_REFUSED when the run has more than it may have */
  #limit(rejected: readonly RejectedRow[], { rejectedCount }: Position): void {
    const { maxRejectedRows } = this.#options;
    if (rejectedCount + rejected.length > maxRejectedRows) throw refusedError(rejected, maxRejectedRows);
  }

  /** Of a reading that begins anew in each attempt, an earlier run's position stays until the end. */
  #kept(position: Position, { writtenCount, rejected }: BatchOutcome): Position | null {
    if (!this.#options.isResumable) return null;
    return {
      ...position,
      writtenCount: position.writtenCount + writtenCount,
      rejectedCount: position.rejectedCount + rejected.length,
    };
  }

  #summary(counts: WritingCounts): SinkSummary {
    return { ...counts, fileName: null, addedColumns: this.#addedColumns };
  }
}

function keyPlacesOf({ tools: { target, key } }: BegunWriting): ReadonlySet<number> {
  const names = target.columns.map(({ name }) => name);
  return new Set(key.map((name) => names.indexOf(name)).filter((place) => place >= 0));
}

/**
 * Where rows go that a pipeline copies into a table. What makes a run exact is in `PipelineState`: each batch is committed
 * together with its position, and only by the attempt that has taken hold of the destination last.
 */
export function openTableSink(options: TableSinkOptions): Sink {
  return new TableSink(options);
}
