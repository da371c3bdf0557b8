import type { Clock } from '../base/Clock.ts';
import { outcomeOf, type StatementOutcome, type StatementRecorder } from '../base/statementKinds.ts';
import type { QueryOptions, RowReader } from '../connectors/Connector.ts';

/**
 * A reading of rows that is recorded as one query of a person, however many statements it takes. Its duration is the time
 * in which rows were waited for, not that in which nobody asked for more.
 */
export class MeteredRowReader implements RowReader {
  readonly #inner: RowReader;
  readonly #reading: Reading;

  private constructor(inner: RowReader, reading: Reading) {
    this.#inner = inner;
    this.#reading = reading;
  }

  /** @throws what `open` fails with */
  static async open(
    open: () => Promise<RowReader>,
    clock: Clock,
    recorder: StatementRecorder,
  ): Promise<MeteredRowReader> {
    const reading = new Reading(clock, recorder);
    return new MeteredRowReader(await reading.wait(open), reading);
  }

  get fields(): RowReader['fields'] {
    return this.#inner.fields;
  }

  next(maxRows: number, options: QueryOptions): ReturnType<RowReader['next']> {
    return this.#reading.wait(() => this.#inner.next(maxRows, options));
  }

  async close(): Promise<void> {
    await this.#inner.close();
    this.#reading.ended('ok');
  }
}

/** The time of one reading. It ends once: with its first failure, or when it is closed. */
class Reading {
  readonly #clock: Clock;
  readonly #recorder: StatementRecorder;
  #spentMs = 0;
  #isOver = false;

  constructor(clock: Clock, recorder: StatementRecorder) {
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
    if (!this.#isOver) this.#recorder.statement(this.#spentMs, 'user', outcome);
    this.#isOver = true;
  }
}
