import type { ResultColumn } from '../../shared/model/results.ts';
import type { Clock } from '../base/Clock.ts';
import {
  type EndedStatement,
  outcomeOf,
  type StatementOutcome,
  type StatementPurpose,
  type StatementRecorder,
  shownCodeOf,
} from '../base/statementKinds.ts';
import type { Statement } from '../connectors/Connection.ts';
import type { EncodedRows, Row, RowStream, StatementStream } from '../connectors/RowStream.ts';

/**
 * Rows that are recorded as one query of a person, however many statements it takes. Its duration is the time in which
 * rows were waited for, not that in which nobody asked for more.
 */
export class MeteredRowStream<Inner extends RowStream = RowStream> implements RowStream {
  protected readonly inner: Inner;
  protected readonly reading: Reading;

  constructor(inner: Inner, reading: Reading) {
    this.inner = inner;
    this.reading = reading;
  }

  /** @throws what `open` fails with */
  static async open(
    open: () => Promise<RowStream>,
    clock: Clock,
    recorder: StatementRecorder,
  ): Promise<MeteredRowStream> {
    const reading = new Reading({ purpose: 'user', statement: null }, clock, recorder);
    return new MeteredRowStream(await reading.wait(open), reading);
  }

  get columns(): readonly ResultColumn[] {
    return this.inner.columns;
  }

  async next(maxRows: number): Promise<readonly Row[]> {
    const rows = await this.reading.wait(() => this.inner.next(maxRows));
    this.reading.rowCount += rows.length;
    return rows;
  }

  async nextEncoded(): Promise<EncodedRows> {
    const rows = await this.reading.wait(() => this.inner.nextEncoded());
    this.reading.rowCount += rows.starts.length;
    return rows;
  }

  async close(): Promise<void> {
    await this.inner.close();
    this.reading.ended('ok');
  }
}

/** The same for a statement, which ends after its last result. */
export class MeteredStatementStream extends MeteredRowStream<StatementStream> implements StatementStream {
  /** @throws what `open` fails with */
  static async ofStatement(
    open: () => Promise<StatementStream>,
    read: Read,
    clock: Clock,
    recorder: StatementRecorder,
  ): Promise<MeteredStatementStream> {
    const reading = new Reading(read, clock, recorder);
    return new MeteredStatementStream(await reading.wait(open), reading);
  }

  get returnsRows(): boolean {
    return this.inner.returnsRows;
  }

  get command(): string | null {
    return this.inner.command;
  }

  get affectedCount(): number | null {
    return this.inner.affectedCount;
  }

  async nextResult(): Promise<boolean> {
    this.#countChanged();
    const isThere = await this.reading.wait(() => this.inner.nextResult());
    if (!isThere) this.reading.ended('ok');
    return isThere;
  }

  override close(): Promise<void> {
    this.#countChanged();
    return super.close();
  }

  /** Of the result that is left now. */
  #countChanged(): void {
    const { affectedCount, returnsRows } = this.inner;
    if (!returnsRows) this.reading.rowCount += affectedCount ?? 0;
  }
}

/** What is read. */
interface Read {
  readonly purpose: StatementPurpose;
  /** Null for what takes several. */
  readonly statement: Statement | null;
}

/** The time of one reading. It ends once: with its first failure, after its last result, or when it is closed. */
class Reading {
  rowCount = 0;
  readonly #read: Read;
  readonly #clock: Clock;
  readonly #recorder: StatementRecorder;
  #spentMs = 0;
  #isOver = false;

  constructor(read: Read, clock: Clock, recorder: StatementRecorder) {
    this.#read = read;
    this.#clock = clock;
    this.#recorder = recorder;
  }

  async wait<Value>(work: () => Promise<Value>): Promise<Value> {
    const startedMs = this.#clock.monotonicMs();
    const spend = () => {
      this.#spentMs += this.#clock.monotonicMs() - startedMs;
    };
    try {
      const value = await work();
      spend();
      return value;
    } catch (error) {
      spend();
      this.ended(outcomeOf(error), error);
      throw error;
    }
  }

  ended(outcome: StatementOutcome, error: unknown = null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { purpose, statement } = this.#read;
    const isPersonal = purpose === 'user' && statement !== null;
    const ended = isPersonal ? endOf(statement, this.rowCount, error) : undefined;
    this.#recorder.statement(this.#spentMs, purpose, outcome, ended);
  }
}

/** @param error null when it went well */
export const endOf = (statement: Statement, rowCount: number, error: unknown): EndedStatement => ({
  text: statement.text,
  modes: statement.modes,
  rowCount,
  errorCode: error === null ? null : shownCodeOf(error),
});
