import type { ResultColumn } from '../../shared/model/results.ts';
import type { Clock } from '../base/Clock.ts';
import {
  outcomeOf,
  type StatementOutcome,
  type StatementPurpose,
  type StatementRecorder,
} from '../base/statementKinds.ts';
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
    const reading = new Reading('user', clock, recorder);
    return new MeteredRowStream(await reading.wait(open), reading);
  }

  get columns(): readonly ResultColumn[] {
    return this.inner.columns;
  }

  next(maxRows: number): Promise<readonly Row[]> {
    return this.reading.wait(() => this.inner.next(maxRows));
  }

  nextEncoded(): Promise<EncodedRows> {
    return this.reading.wait(() => this.inner.nextEncoded());
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
    purpose: StatementPurpose,
    clock: Clock,
    recorder: StatementRecorder,
  ): Promise<MeteredStatementStream> {
    const reading = new Reading(purpose, clock, recorder);
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
    const isThere = await this.reading.wait(() => this.inner.nextResult());
    if (!isThere) this.reading.ended('ok');
    return isThere;
  }
}

/** The time of one reading. It ends once: with its first failure, after its last result, or when it is closed. */
class Reading {
  readonly #purpose: StatementPurpose;
  readonly #clock: Clock;
  readonly #recorder: StatementRecorder;
  #spentMs = 0;
  #isOver = false;

  constructor(purpose: StatementPurpose, clock: Clock, recorder: StatementRecorder) {
    this.#purpose = purpose;
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
      this.ended(outcomeOf(error));
      throw error;
    }
  }

  ended(outcome: StatementOutcome): void {
    if (!this.#isOver) this.#recorder.statement(this.#spentMs, this.#purpose, outcome);
    this.#isOver = true;
  }
}
