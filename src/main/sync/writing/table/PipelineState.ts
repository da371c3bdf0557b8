import { z } from 'zod';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import { isAppError } from '../../../base/AppError.ts';
import type { NewColumn } from '../../../connectors/TableWriter.ts';
import type { Transaction } from '../../../sessions/transactions/Transaction.ts';
import { type Position, positionSchema } from '../../copy/position.ts';
import type { SinkSession } from './SinkSession.ts';
import { noStateTableError, supersededError, unreadablePositionError } from './sinkErrors.ts';

/** Where a pipeline stands, as its destination knows it. */
export interface SavedState {
  readonly position: Position | null;
  /** Tables beside the destination that the pipeline made and that may still be there; the last one is in use. */
  readonly staging: readonly string[];
}

interface PipelineStateOptions {
  readonly schema: string;
  readonly pipelineId: string;
  readonly runId: string;
  /** What earlier runs left does not matter, and need not be readable. */
  readonly again: boolean;
}

const stateRow = z.tuple([z.string(), z.string().nullable(), z.string()]);
const stagingSchema = z.array(z.string());

/**
 * The row of a pipeline in `mooring_pipelines`, a table in the schema of the destination. `epoch` grows with each attempt
 * that takes hold of the destination. Every transaction of an attempt changes the row where `epoch` is its own, so that one
 * that was overtaken can commit nothing, and rows are never there without their position.
 */
export class PipelineState {
  readonly #session: SinkSession;
  readonly #options: PipelineStateOptions;
  readonly #table: RelationRef;
  #epoch = '';

  constructor(session: SinkSession, options: PipelineStateOptions) {
    this.#session = session;
    this.#options = options;
    this.#table = { schema: options.schema, name: 'mooring_pipelines' };
  }

  /** From `claim` on: the number of this attempt. */
  get epoch(): string {
    return this.#epoch;
  }

  /** Creates the table where it is missing, also when somebody else does so at the same time. */
  async ensure(): Promise<void> {
    if (await this.#isThere()) return;
    const { words } = this.#session.tools.writer;
    const sql = words.createTable(this.#table, this.#columns, ['pipeline_id']);
    try {
      await this.#session.query(sql);
    } catch (error) {
      const { connection } = this.#session.tools;
      if (connection.isUsable && (await this.#isThere())) return;
      throw isAppError(error) && error.code === 'PERMISSION_DENIED' ? noStateTableError(error, sql) : error;
    }
  }

  /**
   * From now on no other attempt can write.
   * @param plan is given what was there, and names the staging tables that may be there from now on
   */
  claim(plan: (saved: SavedState) => readonly string[]): Promise<SavedState> {
    return this.#session.transaction(async (transaction) => {
      if (!(await this.#raiseEpoch())) await this.#insert(transaction);
      const { rows } = await this.#session.query(
        this.#sql`SELECT epoch, position, staging FROM ${'table'} WHERE pipeline_id = ${1}`,
        [this.#options.pipelineId],
      );
      const [epoch, position, staging] = stateRow.parse(rows[0]);
      this.#epoch = epoch;
      const saved = this.#read(position, staging);
      await this.keep(null, plan(saved));
      return saved;
    });
  }

  /**
   * Keeps a position with what else the transaction does.
   * @param position null: it stays as it is
   * @throws RUN_SUPERSEDED when another attempt has taken hold since
   */
  async keep(position: Position | null, staging: readonly string[]): Promise<void> {
    const own = [this.#options.pipelineId, this.#epoch];
    const names = JSON.stringify(staging);
    const { rowCount } =
      position === null
        ? await this.#session.query(
            this.#sql`UPDATE ${'table'} SET staging = ${1}, updated_at = ${'now'}
              WHERE pipeline_id = ${2} AND epoch = ${3}`,
            [names, ...own],
          )
        : await this.#session.query(
            this.#sql`UPDATE ${'table'} SET staging = ${1}, updated_at = ${'now'}, position = ${2}
              WHERE pipeline_id = ${3} AND epoch = ${4}`,
            [names, JSON.stringify(position), ...own],
          );
    // An engine may not count a row that was like that before.
    if (rowCount !== 1) await this.#check();
  }

  #read(position: string | null, staging: string): SavedState {
    try {
      return {
        position: position === null ? null : positionSchema.parse(JSON.parse(position)),
        staging: stagingSchema.parse(JSON.parse(staging)),
      };
    } catch (error) {
      if (this.#options.again) return { position: null, staging: [] };
      throw unreadablePositionError(error);
    }
  }

  async #check(): Promise<void> {
    const { rows } = await this.#session.query(
      this.#sql`SELECT epoch FROM ${'table'} WHERE pipeline_id = ${1} AND epoch = ${2} FOR UPDATE`,
      [this.#options.pipelineId, this.#epoch],
    );
    if (rows.length !== 1) throw supersededError();
  }

  async #raiseEpoch(): Promise<boolean> {
    const { rowCount } = await this.#session.query(
      this.#sql`UPDATE ${'table'} SET epoch = epoch + 1, run_id = ${1}, updated_at = ${'now'}
        WHERE pipeline_id = ${2}`,
      [this.#options.runId, this.#options.pipelineId],
    );
    return rowCount === 1;
  }

  /** The first attempt of all; another one may be the first at the same time. */
  async #insert(transaction: Transaction): Promise<void> {
    try {
      await transaction.savepoint(() =>
        this.#session.query(
          this.#sql`INSERT INTO ${'table'} (pipeline_id, run_id, epoch, staging, updated_at)
            VALUES (${1}, ${2}, 1, '[]', ${'now'})`,
          [this.#options.pipelineId, this.#options.runId],
        ),
      );
    } catch (error) {
      if (this.#session.tools.writer.judge(error) !== 'row' || !(await this.#raiseEpoch())) throw error;
    }
  }

  async #isThere(): Promise<boolean> {
    const { connection, writer } = this.#session.tools;
    return (await writer.describe(connection, this.#table, this.#session.options)) !== null;
  }

  get #columns(): NewColumn[] {
    const { momentType, textType, keyTextType } = this.#session.tools.writer.words;
    const column = (name: string, declared: string, isNullable = false) => ({ name, declared, isNullable });
    return [
      column('pipeline_id', keyTextType),
      column('run_id', keyTextType),
      column('epoch', 'bigint'),
      column('position', textType, true),
      column('staging', textType),
      column('updated_at', momentType),
    ];
  }

  /** A statement on the table; numbers become placeholders, and the names of columns are quoted. */
  #sql(texts: TemplateStringsArray, ...parts: readonly (number | 'table' | 'now')[]): string {
    const { writer, dialect } = this.#session.tools;
    const names = /\b(?:pipeline_id|run_id|epoch|position|staging|updated_at)\b/g;
    const quoted = texts.map((text) => text.replace(names, (name) => dialect.quoteIdentifier(name)));
    return quoted.reduce((sql, text, index) => {
      const part = parts[index - 1];
      if (part === 'table') return sql + writer.words.table(this.#table) + text;
      return sql + (part === 'now' ? 'CURRENT_TIMESTAMP' : writer.words.placeholder(part ?? 0)) + text;
    });
  }
}
