import { createHash } from 'node:crypto';
import { deletedColumn, needsKey } from '../../../../shared/model/pipelines.ts';
import type { WritableTable } from '../../../connectors/TableWriter.ts';
import { beginningOf, type Position } from '../../copy/position.ts';
import { healing } from '../../copy/runErrors.ts';
import type { PipelineState, SavedState } from './PipelineState.ts';
import type { SinkSession } from './SinkSession.ts';
import { notContinuedError, tableGoneError } from './sinkErrors.ts';
import type { TableSinkOptions } from './TableSinkOptions.ts';
import type { TableWriting, WritingTools } from './TableWriting.ts';
import { tableTarget } from './tableTarget.ts';
import { usesStaging, writingFor } from './writingFor.ts';

/** What a run writes to, once it has taken hold of its destination. */
export interface BegunWriting {
  readonly writing: TableWriting;
  readonly tools: WritingTools;
  /** Tables beside the destination that are there now. */
  readonly staging: readonly string[];
}

/** What the beginning has found. */
export interface SinkBegun {
  readonly position: Position | null;
  /** Null when an earlier attempt has come to the end: nothing is written again. */
  readonly begun: BegunWriting | null;
  /** Columns that the table has got beside those of the plan. */
  readonly addedColumns: readonly string[];
}

/**
 * Takes hold of the destination, brings the table into shape, and makes what the way of writing needs. Each step is one
 * that an attempt which is killed behind it can do again.
 */
export class SinkBeginning {
  readonly #options: TableSinkOptions;
  readonly #session: SinkSession;
  readonly #state: PipelineState;

  constructor(options: TableSinkOptions, session: SinkSession, state: PipelineState) {
    this.#options = options;
    this.#session = session;
    this.#state = state;
  }

  async begin(): Promise<SinkBegun> {
    const { again, runId, isResumable, mode } = this.#options;
    await this.#state.ensure();
    const saved = await this.#state.claim((found) => this.#listedStaging(found));
    const isOwn = saved.position?.runId === runId;
    if (this.#isComplete(saved)) {
      await this.#drop(saved.staging);
      return { position: saved.position, begun: null, addedColumns: [] };
    }
    if (isOwn && mode === 'append' && !isResumable) throw notContinuedError();
    await this.#shape(saved);
    const { tools, addedColumns } = await this.#tools(saved);
    const writing = writingFor(mode, isResumable, tools);
    const left = this.#leftPosition(saved);
    if (left !== null) {
      await this.#drop(saved.staging);
      return { position: left, begun: { writing, tools, staging: [] }, addedColumns };
    }
    const isContinued = this.#isContinued(saved) && (await this.#hasStaging(tools, writing));
    // Rows that were lost with their staging table must not be gone on from.
    if (!isContinued) await this.#makeStaging(saved, tools, writing, isOwn ? beginningOf(runId) : null);
    return {
      position: isContinued || !(isOwn || again) ? saved.position : null,
      begun: { writing, tools, staging: writing.createStaging === null ? [] : [tools.staging.name] },
      addedColumns,
    };
  }

  /** Whether this attempt goes on where an earlier one of its run was. */
  #isContinued({ position }: SavedState): boolean {
    return this.#options.isResumable && position?.runId === this.#options.runId;
  }

  /**
   * Where this run goes on that reads all rows and appends them behind those of an earlier one, which did not come to its
   * end; null where there is none. A reading by a cursor knows from that what is new.
   * @throws PIPELINE_DRIFTED when the reading cannot go on there
   */
  #leftPosition({ position }: SavedState): Position | null {
    const { again, continues, isResumable, mode, runId } = this.#options;
    const isLeft = position !== null && continues.includes(position.runId) && !position.isComplete;
    if (!isLeft || again || mode !== 'append' || position.cursor !== null || position.after === null) {
      return null;
    }
    if (!isResumable) throw notContinuedError();
    return { ...beginningOf(runId), after: position.after };
  }

  /** Whether an earlier attempt of this run has come to its end. */
  #isComplete({ position }: SavedState): boolean {
    return position?.runId === this.#options.runId && position.isComplete;
  }

  /** What may be there from now on: listed before it is made, so that nothing is ever left that no list has. */
  #listedStaging(saved: SavedState): readonly string[] {
    const { mode, isResumable } = this.#options;
    const isMade = usesStaging(mode, isResumable) && !this.#isContinued(saved) && !this.#isComplete(saved);
    if (!isMade) return saved.staging;
    return [...saved.staging, this.#newName()];
  }

  /** Each attempt that begins anew has one of its own: what another one left is never taken for its rows. */
  #newName(): string {
    const digest = createHash('sha256').update(this.#options.pipelineId).digest('hex');
    return `_mooring_${digest.slice(0, 12)}_${this.#state.epoch}`;
  }

  /** @throws what the table cannot be made or changed with; it heals when somebody else has made it since it was planned */
  async #shape(saved: SavedState): Promise<void> {
    const { plan } = this.#options;
    if (plan.statements.length === 0) return;
    try {
      await this.#session.change(plan.statements, () => this.#state.keep(null, this.#listedStaging(saved)));
    } catch (error) {
      const { connection } = this.#options;
      const isStale = plan.table === null && connection.isUsable && (await this.#describe()) !== null;
      throw isStale ? healing(error) : error;
    }
  }

  async #tools(
    saved: SavedState,
  ): Promise<{ readonly tools: WritingTools; readonly addedColumns: readonly string[] }> {
    const { plan, mode, writer, relation } = this.#options;
    const table = await this.#describe();
    if (table === null) throw tableGoneError(relation);
    const names = plan.columns.map(({ name }) => name);
    const key = needsKey(mode) ? plan.key : [];
    const { ignoresCase } = writer.names;
    const found = tableTarget(table, names, key, ignoresCase);
    const name = (this.#isContinued(saved) ? saved.staging.at(-1) : null) ?? this.#newName();
    const staging = { schema: relation.schema, name };
    if (mode === 'mirror' && !isMarked(table)) await this.#addDeletedColumn(table, saved);
    // The statements of the plan may have added it.
    const wasMarked = isMarked(plan.table ?? table);
    const addedColumns = mode === 'mirror' && !wasMarked ? [deletedColumn] : [];
    return { tools: { session: this.#session, ...found, staging }, addedColumns };
  }

  #addDeletedColumn({ relation }: WritableTable, saved: SavedState): Promise<void> {
    const { words } = this.#options.writer;
    const column = { name: deletedColumn, declared: words.momentType, isNullable: true };
    return this.#session.change([words.addColumn(relation, column)], () =>
      this.#state.keep(null, this.#listedStaging(saved)),
    );
  }

  /** Somebody may have dropped it. */
  async #hasStaging({ staging }: WritingTools, { createStaging }: TableWriting): Promise<boolean> {
    if (createStaging === null) return true;
    const { writer, connection } = this.#options;
    return (await writer.describe(connection, staging, this.#session.options)) !== null;
  }

  /** @param position null: that of an earlier run stays */
  async #makeStaging(
    saved: SavedState,
    tools: WritingTools,
    { createStaging }: TableWriting,
    position: Position | null,
  ): Promise<void> {
    if (createStaging === null) {
      await this.#drop(saved.staging);
      return;
    }
    await this.#session.change([...this.#drops(saved.staging), createStaging], () =>
      this.#state.keep(position, [tools.staging.name]),
    );
  }

  async #drop(staging: readonly string[]): Promise<void> {
    if (staging.length > 0)
      await this.#session.change(this.#drops(staging), () => this.#state.keep(null, []));
  }

  #drops(staging: readonly string[]): string[] {
    const { relation, writer } = this.#options;
    return staging.map((name) => writer.words.dropTable({ schema: relation.schema, name }));
  }

  #describe(): Promise<WritableTable | null> {
    const { writer, connection, relation } = this.#options;
    return writer.describe(connection, relation, this.#session.options);
  }
}

const isMarked = ({ columns }: WritableTable): boolean =>
  columns.some(({ name }) => name.toLowerCase() === deletedColumn);
