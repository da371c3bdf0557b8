import type { ResultColumn } from '../../../../shared/model/results.ts';
import type { EncodedRows, Row, StatementStream } from '../../RowStream.ts';
import { noEncodedRows } from '../../sql/WaitingRows.ts';
import { kindOf, typeNameOf } from '../values/columnTypes.ts';
import type { Answer, PartialResult } from './Answer.ts';

/** The statement that a stream is the answer of. */
export interface StreamedStatement {
  readonly answer: Answer;
  /** Cancels what was not read; resolves when the session is free, or gone. Never rejects. */
  stop(): Promise<void>;
}

/** The rows of a statement as they arrive; the server waits while nobody takes them. */
export class MysqlResultStream implements StatementStream {
  readonly #statement: StreamedStatement;
  #current: PartialResult | null;
  #columns: readonly ResultColumn[] = [];
  #closing: Promise<void> | null = null;

  constructor(statement: StreamedStatement) {
    this.#statement = statement;
    this.#current = statement.answer.results[0] ?? null;
    this.#describe();
  }

  /** Of the current result; none for one that has no rows. */
  get columns(): readonly ResultColumn[] {
    return this.#columns;
  }

  get returnsRows(): boolean {
    return this.#columns.length > 0;
  }

  /** The protocol has no word for what a statement did. */
  get command(): null {
    return null;
  }

  /** Rows that the statement changed; null while it is not complete, and for one that returns rows. */
  get affectedCount(): number | null {
    return this.#current?.completion?.affectedRowCount ?? null;
  }

  /**
   * What has arrived, in the order of the server, up to so many rows; waits for at least one. Empty at the end of the
   * current result. One caller at a time.
   * @throws why the statement failed or was cancelled; a failure comes after the rows before it
   */
  async next(maxRows: number): Promise<readonly Row[]> {
    for (;;) {
      const result = await this.#arrival();
      if (result === null) return [];
      const rows = this.#statement.answer.take(result, maxRows);
      if (rows.length > 0 || maxRows < 1) return rows;
    }
  }

  /** As `next`, as bytes. */
  async nextEncoded(): Promise<EncodedRows> {
    for (;;) {
      const result = await this.#arrival();
      if (result === null) return noEncodedRows;
      const rows = this.#statement.answer.takeEncoded(result);
      if (rows.starts.length > 0) return rows;
    }
  }

  /**
   * Goes on with the next result of the same statement, as a CALL may have; what is left of the current one is skipped.
   * @returns false when there is no other
   * @throws as `next`
   */
  async nextResult(): Promise<boolean> {
    const { answer } = this.#statement;
    for (let skipped = await this.#arrival(); skipped !== null; skipped = await this.#arrival()) {
      answer.skip(skipped);
    }
    if (this.#current === null) return false;
    answer.takeResult();
    this.#current = null;
    for (;;) {
      this.#current = answer.results[0] ?? null;
      this.#describe();
      if (this.#current !== null) return true;
      if (this.#isOver()) return false;
      await answer.arrival();
    }
  }

  /** Cancels what was not read. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#current = null;
    this.#statement.answer.discard();
    await this.#statement.stop();
  }

  /** The current result, once rows of it wait; null at its end. @throws why the statement failed */
  async #arrival(): Promise<PartialResult | null> {
    const { answer } = this.#statement;
    for (;;) {
      const result = this.#current;
      if (!answer.isDiscarded) {
        if (result !== null && result.waiting.rowCount > 0) return result;
        if (result === null || result.completion !== null) return null;
      }
      if (this.#isOver()) return null;
      await answer.arrival();
    }
  }

  #describe(): void {
    const columns = this.#current?.columns ?? [];
    this.#columns = columns.map((column) => ({
      name: column.name,
      type: typeNameOf(column),
      kind: kindOf(column),
    }));
  }

  /**
   * Whether nothing more comes.
   * @throws why the statement failed, unless the stream was closed
   */
  #isOver(): boolean {
    if (this.#closing !== null) return true;
    const { settlement } = this.#statement.answer;
    if (settlement !== null && settlement.error !== null) throw settlement.error;
    return settlement !== null;
  }
}
